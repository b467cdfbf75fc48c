using System.Numerics.Tensors;
using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>Decoded audio: one row of samples a channel, full scale 1.0 (lossy formats may go a little beyond).</summary>
public sealed class Waveform
{
    private readonly float[][] _channels;

    /// <summary>Wraps samples; the arrays are not copied.</summary>
    /// <param name="channels">One array a channel, all of one length.</param>
    /// <param name="sampleRate">Samples a second, 1 to 768 kHz.</param>
    /// <exception cref="ArgumentException">No channels, or channels of different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample rate out of range, which is named.</exception>
    public Waveform(float[][] channels, int sampleRate)
        : this(channels, sampleRate, 0)
    {
    }

    internal Waveform(float[][] channels, int sampleRate, int damagedFrameCount)
    {
        ArgumentNullException.ThrowIfNull(channels);
        SampleRates.Require(sampleRate, nameof(sampleRate));
        if (channels.Length == 0)
            throw new ArgumentException("a waveform has at least one channel", nameof(channels));
        foreach (var channel in channels)
            if (channel is null || channel.Length != channels[0].Length)
                throw new ArgumentException("all channels must have the same number of samples", nameof(channels));
        _channels = channels;
        SampleRate = sampleRate;
        DamagedFrameCount = damagedFrameCount;
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>How many channels there are: 1 mono, 2 left and right.</summary>
    public int ChannelCount => _channels.Length;

    /// <summary>Samples in each channel.</summary>
    public int SampleCount => _channels[0].Length;

    /// <summary>How long the audio lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)SampleCount / SampleRate);

    /// <summary>
    /// Frames and stretches of bytes that could not be decoded and were left out, so that what follows them comes earlier. 0 for a
    /// sound file.
    /// </summary>
    public int DamagedFrameCount { get; }

    /// <summary>The samples of one channel.</summary>
    /// <param name="index">0 to <see cref="ChannelCount"/> - 1.</param>
    public ReadOnlySpan<float> Channel(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _channels.Length);
        return _channels[index];
    }

    /// <summary>The mean of the channels, as librosa's <c>to_mono</c>; a new array.</summary>
    public float[] ToMono()
    {
        if (_channels.Length == 2) // by far the most common: once through memory
        {
            var mean = GC.AllocateUninitializedArray<float>(_channels[0].Length);
            TensorPrimitives.AddMultiply(_channels[0], _channels[1], 0.5f, mean);
            return mean;
        }

        var mono = (float[])_channels[0].Clone();
        for (var channel = 1; channel < _channels.Length; channel++)
            TensorPrimitives.Add(mono, _channels[channel], mono);
        if (_channels.Length > 1)
            TensorPrimitives.Multiply(mono, 1f / _channels.Length, mono);
        return mono;
    }
}
