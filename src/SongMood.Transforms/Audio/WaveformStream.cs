namespace SongMood.Audio;

/// <summary>Audio that is in memory as a whole, or a part of it.</summary>
internal sealed class WaveformStream(Waveform whole, int start, int count) : SampleStream
{
    private int _position = start;

    public override int SampleRate => whole.SampleRate;

    public override int ChannelCount => whole.ChannelCount;

    public override long SampleCount => count;

    public override AudioDamage Damage => whole.Damage;

    public override Waveform ReadWaveform(int length, AudioDamage? told = null) =>
        told is null && _position == 0 && length == whole.SampleCount ? whole : base.ReadWaveform(length, told);

    public override void Read(float[][] target, int at, int length)
    {
        for (var channel = 0; channel < target.Length; channel++)
            whole.Channel(channel).Slice(_position, length).CopyTo(target[channel].AsSpan(at));
        _position += length;
    }
}
