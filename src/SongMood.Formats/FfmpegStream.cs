using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>What ffmpeg has made of an input, with what it said is lost.</summary>
internal sealed class FfmpegStream(SampleStream samples, AudioDamage damage) : SampleStream
{
    public override int SampleRate => samples.SampleRate;

    public override int ChannelCount => samples.ChannelCount;

    public override long SampleCount => samples.SampleCount;

    public override AudioDamage Damage => damage;

    public override void Read(float[][] target, int start, int count) => samples.Read(target, start, count);

    public override void Skip(long count) => samples.Skip(count);
}
