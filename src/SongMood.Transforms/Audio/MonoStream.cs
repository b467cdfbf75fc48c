using System.Numerics.Tensors;

namespace SongMood.Audio;

/// <summary>The mean of a stream's channels, as <see cref="Waveform.ToMono"/> makes it.</summary>
internal sealed class MonoStream : SampleStream
{
    private const int PieceLength = 16 * 1152; // frames of MP3 that stay in a processor's cache

    private readonly SampleStream _inner;
    private readonly float[][] _rows;

    private MonoStream(SampleStream inner, KeptRows rows) => (_inner, _rows) = (inner, rows.Of(inner.ChannelCount, PieceLength));

    /// <summary>The stream as mono: itself where it is.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="rows">What its samples pass through; null for rows of its own.</param>
    public static SampleStream Of(SampleStream inner, KeptRows? rows = null) =>
        inner.ChannelCount == 1 ? inner : new MonoStream(inner, rows ?? new KeptRows());

    public override int SampleRate => _inner.SampleRate;

    public override int ChannelCount => 1;

    public override long SampleCount => _inner.SampleCount;

    public override AudioDamage Damage => _inner.Damage;

    public override void Read(float[][] target, int start, int count)
    {
        for (var taken = 0; count > 0; start += taken, count -= taken)
        {
            taken = Math.Min(count, PieceLength);
            _inner.Read(_rows, 0, taken);
            Waveform.Mix(_rows, target[0].AsSpan(start, taken));
        }
    }
}
