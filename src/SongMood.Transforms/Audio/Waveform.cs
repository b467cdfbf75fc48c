using System.Globalization;
using System.Numerics.Tensors;
using SongMood.Audio.Wav;
using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>Decoded audio: one row of samples a channel, full scale 1.0 (lossy formats may go a little beyond).</summary>
/// <example><code>
/// var half = AudioFile.Read("song.mp3").ToMono().Select(sample => sample / 2).ToArray();
/// var softer = new Waveform([half], sampleRate: 44100);
/// using var file = File.Create("softer.wav");
/// softer.WriteWav(file);
/// </code></example>
public sealed class Waveform
{
    private readonly float[][] _channels;

    /// <summary>Wraps samples; the arrays are not copied.</summary>
    /// <param name="channels">One array a channel, all of one length.</param>
    /// <param name="sampleRate">Samples a second, 1 to 768 kHz.</param>
    /// <exception cref="ArgumentException">No channels, or channels of different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sample rate out of range, which is named.</exception>
    public Waveform(float[][] channels, int sampleRate)
        : this(channels, sampleRate, AudioDamage.None)
    {
    }

    internal Waveform(float[][] channels, int sampleRate, AudioDamage damage)
    {
        ArgumentNullException.ThrowIfNull(channels);
        SampleRates.Require(sampleRate, nameof(sampleRate));
        if (channels.Length == 0)
            throw new ArgumentException("a waveform has at least one channel", nameof(channels));
        foreach (var channel in channels)
            if (channel is null || channel.Length != channels[0].Length)
                throw new ArgumentException("all channels must have the same number of samples", nameof(channels));
        _channels = channels;
        SampleCount = channels[0].Length;
        SampleRate = sampleRate;
        Damage = damage;
    }

    /// <summary>The first samples of rows that are longer.</summary>
    internal Waveform(float[][] channels, int sampleCount, int sampleRate, AudioDamage damage)
        : this(channels, sampleRate, damage)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleCount, channels[0].Length);
        SampleCount = sampleCount;
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>How many channels there are: 1 mono, 2 left and right.</summary>
    public int ChannelCount => _channels.Length;

    /// <summary>Samples in each channel.</summary>
    public int SampleCount { get; }

    /// <summary>How long the audio lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)SampleCount / SampleRate);

    /// <summary>The part of the input that is lost; <see cref="AudioDamage.None"/> for a sound one.</summary>
    public AudioDamage Damage { get; }

    /// <summary>How many frames are lost: <see cref="AudioDamage.LostFrameCount"/>, 0 for a sound file.</summary>
    public int DamagedFrameCount => Damage.LostFrameCount;

    /// <summary>The samples of one channel.</summary>
    /// <param name="index">0 to <see cref="ChannelCount"/> - 1.</param>
    public ReadOnlySpan<float> Channel(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _channels.Length);
        return _channels[index].AsSpan(0, SampleCount);
    }

    /// <summary>The mean of the channels, as librosa's <c>to_mono</c>; a new array.</summary>
    public float[] ToMono()
    {
        var mono = GC.AllocateUninitializedArray<float>(SampleCount);
        Mix(_channels, mono);
        return mono;
    }

    /// <summary>
    /// Writes a WAV file of 32-bit floats, which holds every sample as it is, also beyond full scale.
    /// </summary>
    /// <param name="stream">Where to; it stays open, and need not be able to seek.</param>
    /// <exception cref="InvalidDataException">The file would be larger than the 4 GiB that a WAV file can be.</exception>
    public void WriteWav(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        FloatWav.Write(stream, this);
    }

    /// <summary>The mean of the channels' first samples.</summary>
    internal static void Mix(float[][] channels, Span<float> mono)
    {
        if (channels.Length == 2) // by far the most common: once through memory
        {
            TensorPrimitives.AddMultiply(channels[0].AsSpan(0, mono.Length), channels[1].AsSpan(0, mono.Length), 0.5f, mono);
            return;
        }

        channels[0].AsSpan(0, mono.Length).CopyTo(mono);
        for (var channel = 1; channel < channels.Length; channel++)
            TensorPrimitives.Add(mono, channels[channel].AsSpan(0, mono.Length), mono);
        if (channels.Length > 1)
            TensorPrimitives.Multiply(mono, 1f / channels.Length, mono);
    }

    /// <summary>Such as "2 channels, 44100 Hz, 30.02 s".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Plural.Of(ChannelCount, "channel")}, {SampleRate} Hz, {Duration.TotalSeconds:0.##} s");
}
