using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Key and mode: the pitch classes of the partials (tuned, see <see cref="Tuning"/>) are compared with how often each degree of the
/// scale occurs in music in a major and in a minor key, at all twelve tonics; the highest correlation wins (Krumhansl and Schmuckler's
/// method: Krumhansl, "Cognitive foundations of musical pitch", 1990, ch. 4; the frequencies are those that Albrecht and Shanahan
/// counted in 982 pieces, "The use of large corpora to train a new type of key-finding algorithm", Music Perception 31(1), 2013, table 1).
/// </summary>
internal sealed class KeyFinder
{
    private static readonly double[] MajorProfile = [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081];
    private static readonly double[] MinorProfile = [0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052];
    private const double MinHz = 80, MaxHz = 2000;
    private const float QuietestShare = 0.01f;
    private readonly double[] _classes = new double[12];
    private readonly double[] _frame = new double[12];
    private readonly double[] _nearest = new double[SpectralPeaks.PerFrame], _cosines = new double[SpectralPeaks.PerFrame];

    /// <summary>Shares of the pitch classes from C, sum 1 (all 0 where there is no partial).</summary>
    public ReadOnlySpan<double> PitchClasses => _classes;

    /// <summary>0 for C to 11 for B.</summary>
    public int Tonic { get; private set; }

    public bool IsMajor { get; private set; }

    /// <summary>The highest correlation over all major keys, -1 to 1.</summary>
    public double MajorStrength { get; private set; }

    /// <summary>The highest correlation over all minor keys, -1 to 1.</summary>
    public double MinorStrength { get; private set; }

    /// <summary>The highest correlation, -1 to 1; 0 where there is no partial.</summary>
    public double Strength => Math.Max(MajorStrength, MinorStrength);

    /// <summary>How far the key that was chosen is ahead of the next one, 0 to 2.</summary>
    public double Clarity { get; private set; }

    public void Find(SpectralPeaks partials, ReadOnlySpan<float> level, double tuningCents)
    {
        CountPitchClasses(partials, level, tuningCents / 100);
        (MajorStrength, MinorStrength) = (double.NegativeInfinity, double.NegativeInfinity);
        var (best, second) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var tonic = 0; tonic < 12; tonic++)
            for (var minor = 0; minor < 2; minor++)
            {
                var strength = Correlation(minor == 0 ? MajorProfile : MinorProfile, tonic);
                if (strength > best)
                    (second, best, Tonic, IsMajor) = (best, strength, tonic, minor == 0);
                else if (strength > second)
                    second = strength;
                if (minor == 0)
                    MajorStrength = Math.Max(MajorStrength, strength);
                else
                    MinorStrength = Math.Max(MinorStrength, strength);
            }
        Clarity = best - second;
    }

    private void CountPitchClasses(SpectralPeaks partials, ReadOnlySpan<float> level, double tuning)
    {
        Array.Clear(_classes);
        var audible = QuietestShare * TensorPrimitives.Max(level);
        for (var t = 0; t < level.Length; t++)
        {
            if (level[t] <= audible)
                continue;
            Array.Clear(_frame);
            double sum = 0;
            var hz = partials.Hz(t);
            var heights = partials.Height(t);
            var semitones = partials.Semitones(t);
            var cosines = _cosines.AsSpan(0, hz.Length); // of the distance from the nearest semitone, pi a semitone
            TensorPrimitives.Add(semitones, -tuning, cosines);
            TensorPrimitives.Round(cosines, _nearest);
            TensorPrimitives.Subtract(cosines, _nearest.AsSpan(0, hz.Length), cosines);
            TensorPrimitives.Multiply(cosines, Math.PI, cosines);
            TensorPrimitives.Cos(cosines, cosines);
            for (var i = 0; i < hz.Length; i++)
            {
                if (hz[i] is < (float)MinHz or > (float)MaxHz)
                    continue;
                var weight = heights[i] * cosines[i] * cosines[i]; // 1 in tune, 0 between two semitones
                _frame[((int)_nearest[i] % 12 + 12) % 12] += weight;
                sum += weight;
            }
            // Every audible frame counts the same: a scale's loud notes are not more in the key than its soft ones.
            for (var c = 0; c < 12 && sum > 0; c++)
                _classes[c] += _frame[c] / sum;
        }
        var total = TensorPrimitives.Sum<double>(_classes);
        for (var c = 0; c < 12 && total > 0; c++)
            _classes[c] /= total;
    }

    private double Correlation(double[] profile, int tonic)
    {
        const double mean = 1.0 / 12;
        double product = 0, ours = 0, theirs = 0;
        for (var degree = 0; degree < 12; degree++)
        {
            var (x, y) = (_classes[(tonic + degree) % 12] - mean, profile[degree] - mean);
            product += x * y;
            ours += x * x;
            theirs += y * y;
        }
        return ours < 1e-12 || _classes.AsSpan().IndexOfAnyExcept(0.0) < 0 ? 0 : product / Math.Sqrt(ours * theirs);
    }
}
