using System.Numerics.Tensors;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Formats;

/// <summary>Keeps the part of interleaved samples that the options ask for, within their limits.</summary>
internal sealed class SampleCollector
{
    private const int FirstLength = 1 << 16;

    private readonly AudioReadOptions _options;
    private readonly int _rate;
    private readonly float[][] _channels;
    private readonly long _start, _most;
    private long _seen;
    private int _count;

    /// <param name="options">The part and the limits.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="channelCount">How many samples make a frame.</param>
    /// <param name="format">The format's name, for errors.</param>
    /// <exception cref="AudioFormatException">There are no channels, or the rate cannot be.</exception>
    public SampleCollector(AudioReadOptions options, int rate, int channelCount, string format)
    {
        if (!SampleRates.Contains(rate) || channelCount is < 1 or > 255)
            throw new AudioFormatException(
                $"this {format} says {channelCount} channels at {rate} Hz; 1 to 255 at {SampleRates.Range} are read");
        (_options, _rate) = (options, rate);
        _channels = [.. Enumerable.Range(0, channelCount).Select(_ => Array.Empty<float>())];
        (_start, _most) = options.Select(long.MaxValue / 4, rate);
    }

    /// <summary>Whether all that was asked for is there.</summary>
    public bool IsFull => _count >= _most;

    /// <summary>
    /// Adds samples, one of each channel in turn. Where they have another number of channels, one is the mean of all, and the last stands
    /// for those that are missing.
    /// </summary>
    /// <param name="interleaved">The samples.</param>
    /// <param name="sourceCount">How many channels they have.</param>
    /// <exception cref="AudioFormatException">These are more than the limit.</exception>
    public void Add(ReadOnlySpan<float> interleaved, int sourceCount)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        var frames = interleaved.Length / sourceCount;
        var first = (int)Math.Clamp(_start - _seen, 0, frames);
        var taken = (int)Math.Min(frames - first, _most - _count);
        _seen += frames;
        if (taken <= 0)
            return;
        var needed = _options.LengthAtOnce((long)_count + taken, _rate);
        ChannelLimit.Require(_options, needed, _rate, _channels.Length);
        interleaved = interleaved.Slice(first * sourceCount, taken * sourceCount);
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            if (_channels[channel].Length < needed)
                Array.Resize(ref _channels[channel], (int)Math.Min(Math.Max(2L * _count, Math.Max(FirstLength, needed)), Array.MaxLength));
            var row = _channels[channel].AsSpan(_count, taken);
            if (_channels.Length == 1 && sourceCount > 1)
                Mix(interleaved, sourceCount, row);
            else
                for (int i = 0, at = Math.Min(channel, sourceCount - 1); i < taken; i++, at += sourceCount)
                    row[i] = interleaved[at];
        }

        _count = needed;
    }

    private static void Mix(ReadOnlySpan<float> interleaved, int sourceCount, Span<float> row)
    {
        foreach (ref var mean in row)
        {
            mean = TensorPrimitives.Sum(interleaved[..sourceCount]) / sourceCount;
            interleaved = interleaved[sourceCount..];
        }
    }

    /// <summary>What was added.</summary>
    /// <exception cref="AudioFormatException">There is nothing in the part that is asked for.</exception>
    public Waveform ToWaveform()
    {
        if (_seen == 0)
            throw new AudioFormatException("no samples could be decoded; is it cut off or damaged?");
        var count = (int)Math.Min(_count, _options.Select(_seen, _rate).Count);
        return new Waveform([.. _channels.Select(row => row[..count])], _rate);
    }
}
