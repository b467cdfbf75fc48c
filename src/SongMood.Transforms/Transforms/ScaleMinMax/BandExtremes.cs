using System.Numerics.Tensors;

namespace SongMood.Transforms;

/// <summary>The smallest and the largest value of each band, of the rows seen so far.</summary>
internal sealed class BandExtremes
{
    public BandExtremes(int bandCount)
    {
        Minimum = new float[bandCount];
        Maximum = new float[bandCount];
        Array.Fill(Minimum, float.PositiveInfinity);
        Array.Fill(Maximum, float.NegativeInfinity);
    }

    public float[] Minimum { get; }

    public float[] Maximum { get; }

    public bool IsEmpty => Minimum[0] > Maximum[0];

    /// <exception cref="InvalidDataException">A value is not finite, or values are missing.</exception>
    public void Include(ReadOnlySpan<float> row)
    {
        var frameCount = Frames.Count(row.Length, Minimum.Length);
        for (var band = 0; frameCount > 0 && band < Minimum.Length; band++)
        {
            var frames = row.Slice(band * frameCount, frameCount);
            var (low, high) = (TensorPrimitives.Min(frames), TensorPrimitives.Max(frames));   // NaN where a value is
            if (!float.IsFinite(low) || !float.IsFinite(high))
                throw NotFinite(band, frames);
            Minimum[band] = Math.Min(Minimum[band], low);
            Maximum[band] = Math.Max(Maximum[band], high);
        }
    }

    public void Include(BandExtremes other)
    {
        TensorPrimitives.Min(Minimum, other.Minimum, Minimum);
        TensorPrimitives.Max(Maximum, other.Maximum, Maximum);
    }

    private static InvalidDataException NotFinite(int band, ReadOnlySpan<float> frames)
    {
        var frame = 0;
        while (float.IsFinite(frames[frame]))
            frame++;
        return new(FormattableString.Invariant(
            $"band {band}, frame {frame} is {frames[frame]}; expected finite values: look at what computes the column"));
    }
}
