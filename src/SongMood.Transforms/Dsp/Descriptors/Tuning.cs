namespace SongMood.Dsp.Descriptors;

/// <summary>
/// How far a signal's pitches lie from A4 = 440 Hz's equal temperament: the most frequent distance of its partials (150 to 4000 Hz, at
/// least a tenth as high as the frame's highest) from the nearest semitone, counted in steps of one cent and smoothed over five, each
/// partial weighted by its height; after librosa.estimate_tuning. Unit: cents, -50 to 50. Owns its buffer: one a thread.
/// </summary>
internal sealed class Tuning
{
    private const int Steps = 100, Reach = 2;
    private readonly double[] _weights = new double[Steps];

    public double Cents(SpectralPeaks partials, int frameCount)
    {
        Array.Clear(_weights);
        for (var t = 0; t < frameCount; t++)
        {
            var hz = partials.Hz(t);
            var heights = partials.Height(t);
            var semitones = partials.Semitones(t);
            var highest = heights.IsEmpty ? 0 : System.Numerics.Tensors.TensorPrimitives.Max(heights);
            for (var i = 0; i < hz.Length; i++)
            {
                if (hz[i] is < 150 or > 4000 || heights[i] < 0.1f * highest)
                    continue;
                var step = (int)Math.Floor((semitones[i] - Math.Floor(semitones[i])) * Steps);
                _weights[step % Steps] += heights[i];
            }
        }
        var (best, bestWeight) = (0, 0.0);
        for (var step = 0; step < Steps; step++)
        {
            double weight = 0;
            for (var near = -Reach; near <= Reach; near++)
                weight += _weights[(step + near + Steps) % Steps];
            if (weight > bestWeight)
                (best, bestWeight) = (step, weight);
        }
        return bestWeight == 0 ? 0 : best >= Steps / 2 ? best + 0.5 - Steps : best + 0.5;
    }
}
