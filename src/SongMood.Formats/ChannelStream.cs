using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// A stream that is joined on to one with another number of channels: where one comes out, it is the mean of all; where there are too few,
/// the last one stands for those that are missing; those that are too many are left out. Its samples are checked, as another rate may be
/// made of them.
/// </summary>
internal sealed class ChannelStream(SampleStream inner, int channelCount) : SampleStream
{
    private float[][] _rows = [];
    private long _position;

    public override int SampleRate => inner.SampleRate;

    public override int ChannelCount => channelCount;

    public override long SampleCount => inner.SampleCount;

    public override void Read(float[][] target, int start, int count)
    {
        if (_rows.Length == 0 || _rows[0].Length < count)
            _rows = inner.NewRows(count);
        inner.Read(_rows, 0, count);
        for (var channel = 0; channel < _rows.Length; channel++)
            SampleLimit.Require(_rows[channel].AsSpan(0, count), channel, _rows.Length, _position);
        _position += count;
        Map(_rows, target, start, count);
    }

    /// <summary>Writes rows to another number of rows.</summary>
    public static void Map(float[][] rows, float[][] target, int start, int count)
    {
        if (target.Length == 1)
            Waveform.Mix(rows, target[0].AsSpan(start, count));
        else
            for (var channel = 0; channel < target.Length; channel++)
                rows[Math.Min(channel, rows.Length - 1)].AsSpan(0, count).CopyTo(target[channel].AsSpan(start));
    }
}
