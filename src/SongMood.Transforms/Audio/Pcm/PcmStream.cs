namespace SongMood.Audio.Pcm;

/// <summary>The part of a file's samples that is asked for, where they are stored one by one.</summary>
internal sealed class PcmStream : SampleStream
{
    private const int MostFrames = 1 << 14; // at a time

    private readonly PcmLayout _layout;
    private readonly ByteSource _data;
    private readonly CancellationToken _cancellation;
    private readonly Padded24.Layout _padding;
    private long _position;

    /// <exception cref="AudioFormatException">There are no samples, or none where they are asked for.</exception>
    public PcmStream(PcmLayout layout, ByteSource data, AudioReadOptions options)
    {
        if (layout.SampleCount == 0)
            throw new AudioFormatException($"this {layout.FileFormat} has no samples; is it cut off?", bytePosition: layout.DataStart);
        (_layout, _data, _cancellation) = (layout, data, options.CancellationToken);
        (_position, SampleCount) = options.Select(layout.SampleCount, SampleRate);
        if (layout.Format.Encoding == PcmEncoding.Padded24)
            _padding = Padded24.Find(data, layout.IsBigEndian);
    }

    public override int SampleRate => _layout.Format.SampleRate;

    public override int ChannelCount => _layout.Format.ChannelCount;

    public override long SampleCount { get; }

    public override AudioDamage Damage => _layout is { MissingBytes: 0, SkippedBytes: 0 } ? AudioDamage.None : new AudioDamage
    {
        HasFrames = false,
        LostFrameCount = 1,
        SkippedByteCount = _layout.SkippedBytes,
        Decoded = TimeSpan.FromSeconds((double)_layout.SampleCount / SampleRate),
        Promised = Promised(),
    };

    public override void Skip(long count) => _position += count;

    public override void Read(float[][] target, int start, int count)
    {
        var format = _layout.Format;
        while (count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            var taken = Math.Min(count, MostFrames);
            var length = taken * format.BlockLength;
            var data = _data.At(_position * format.BlockLength, length)[..length];
            if (_layout.IsBigEndian)
                data = PcmSamples.ToLittleEndian(data, format.SampleBytes);
            for (var channel = 0; channel < target.Length; channel++)
            {
                var samples = target[channel].AsSpan(start, taken);
                if (format.Encoding == PcmEncoding.Padded24)
                    Padded24.Convert(data, format, channel, _padding, samples);
                else
                    PcmSamples.Convert(data, format, channel, samples);
                SampleLimit.Require(samples, channel, target.Length, _position);
            }

            _position += taken;
            start += taken;
            count -= taken;
        }
    }

    // More than a day is a damaged length, which promises nothing.
    private TimeSpan? Promised()
    {
        var lost = (_layout.MissingBytes + _layout.SkippedBytes) / _layout.Format.BlockLength;
        var seconds = ((double)_layout.SampleCount + lost) / SampleRate;
        return lost > 0 && seconds <= TimeSpan.FromDays(1).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
