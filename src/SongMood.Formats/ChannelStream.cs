using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// A stream that is joined on to one with another number of channels: where one comes out, it is the mean of all; where there are too few,
/// the last one stands for those that are missing; those that are too many are left out.
/// </summary>
internal sealed class ChannelStream(SampleStream inner, int channelCount) : SampleStream
{
    private float[][] _rows = [];

    public override int SampleRate => inner.SampleRate;

    public override int ChannelCount => channelCount;

    public override long SampleCount => inner.SampleCount;

    public override void Read(float[][] target, int start, int count)
    {
        if (_rows.Length == 0 || _rows[0].Length < count)
            _rows = inner.NewRows(count);
        inner.Read(_rows, 0, count);
        if (target.Length == 1)
            Waveform.Mix(_rows, target[0].AsSpan(start, count));
        else
            for (var channel = 0; channel < target.Length; channel++)
                _rows[Math.Min(channel, _rows.Length - 1)].AsSpan(0, count).CopyTo(target[channel].AsSpan(start));
    }
}
