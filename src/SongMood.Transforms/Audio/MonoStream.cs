using System.Numerics.Tensors;

namespace SongMood.Audio;

/// <summary>The mean of a stream's channels, as <see cref="Waveform.ToMono"/> makes it.</summary>
internal sealed class MonoStream(SampleStream inner) : SampleStream
{
    private float[][] _rows = [];

    /// <summary>The stream as mono: itself where it is.</summary>
    public static SampleStream Of(SampleStream inner) => inner.ChannelCount == 1 ? inner : new MonoStream(inner);

    public override int SampleRate => inner.SampleRate;

    public override int ChannelCount => 1;

    public override long SampleCount => inner.SampleCount;

    public override AudioDamage Damage => inner.Damage;

    public override void Read(float[][] target, int start, int count)
    {
        if (_rows.Length == 0 || _rows[0].Length < count)
            _rows = inner.NewRows(count);
        inner.Read(_rows, 0, count);
        Waveform.Mix(_rows, target[0].AsSpan(start, count));
    }
}
