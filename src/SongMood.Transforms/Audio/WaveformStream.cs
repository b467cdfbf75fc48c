namespace SongMood.Audio;

/// <summary>Audio that is in memory as a whole.</summary>
internal sealed class WaveformStream(Waveform whole) : SampleStream
{
    private int _position;

    public override int SampleRate => whole.SampleRate;

    public override int ChannelCount => whole.ChannelCount;

    public override long SampleCount => whole.SampleCount;

    public override AudioDamage Damage => whole.Damage;

    public override void Read(float[][] target, int start, int count)
    {
        for (var channel = 0; channel < target.Length; channel++)
            whole.Channel(channel).Slice(_position, count).CopyTo(target[channel].AsSpan(start));
        _position += count;
    }
}
