using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Energy of the twelve pitch classes (C first) in a power spectrum: librosa.filters.chroma's weights, A4 = 440 Hz, with its defaults
/// (Gaussians a semitone wide, columns of unit length, emphasis on the fifth octave, two octaves wide; after Ellis, "Chroma feature
/// analysis and synthesis", 2007).
/// </summary>
internal sealed unsafe class ChromaBank
{
    public const int ClassCount = 12;
    private const double CentreOctave = 5, OctaveWidth = 2;
    private const double A0Hz = 440.0 / 16;
    private const float SmallestNormal = 1.17549435e-38f;
    private readonly float[] _weights; // bin by bin, twelve each
    private readonly int _binCount;

    public ChromaBank(int sampleRate, int fftLength)
    {
        _binCount = fftLength / 2 + 1;
        _weights = new float[_binCount * ClassCount];
        Span<double> column = stackalloc double[ClassCount];
        for (var bin = 0; bin < _binCount; bin++)
        {
            var semitones = Semitones(bin);
            // A bin's reach: its distance to the next bin, at least a semitone. Bin 0 has no pitch; it is set 1.5 octaves below bin 1.
            var width = Math.Max(Semitones(bin + 1) - semitones, 1);
            double squares = 0;
            for (var pitchClass = 0; pitchClass < ClassCount; pitchClass++)
            {
                var distance = PositiveRemainder(semitones - pitchClass + 6, ClassCount) - 6;
                column[pitchClass] = Math.Exp(-0.5 * Math.Pow(2 * distance / width, 2));
                squares += column[pitchClass] * column[pitchClass];
            }
            var scale = Math.Exp(-0.5 * Math.Pow((semitones / ClassCount - CentreOctave) / OctaveWidth, 2)) / Math.Sqrt(squares);
            for (var pitchClass = 0; pitchClass < ClassCount; pitchClass++)
                // counted from A; C comes first
                _weights[bin * ClassCount + (pitchClass + 9) % ClassCount] = (float)(column[pitchClass] * scale);
        }

        double Semitones(int bin) => bin == 0
            ? Semitones(1) - 1.5 * ClassCount
            : ClassCount * Math.Log2((double)bin * sampleRate / fftLength / A0Hz);
    }

    /// <summary>
    /// Pitch-class energies of sixteen frames: reads power[bin x 16 + frame] and writes the first <paramref name="frameCount"/> of them
    /// to target[class x stride + frame].
    /// </summary>
    public void Apply(float* power, Span<float> target, int stride, int frameCount)
    {
        var sums = stackalloc float[ClassCount * 16];
        fixed (float* weights = _weights)
            for (var half = 0; half < 16; half += 8)
            {
                // Twelve sums stay in registers: two passes of six for each half of the frames.
                for (var first = 0; first < ClassCount; first += 6)
                {
                    Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default;
                    var weight = weights + first;
                    var column = power + half;
                    for (var bin = 0; bin < _binCount; bin++, weight += ClassCount, column += 16)
                    {
                        var x = Vector256.Load(column);
                        a = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[0]), a);
                        b = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[1]), b);
                        c = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[2]), c);
                        d = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[3]), d);
                        e = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[4]), e);
                        f = Vector256.MultiplyAddEstimate(x, Vector256.Create(weight[5]), f);
                    }
                    var sum = sums + first * 16 + half;
                    a.Store(sum);
                    b.Store(sum + 16);
                    c.Store(sum + 32);
                    d.Store(sum + 48);
                    e.Store(sum + 64);
                    f.Store(sum + 80);
                }
            }
        for (var pitchClass = 0; pitchClass < ClassCount; pitchClass++)
            new Span<float>(sums + pitchClass * 16, frameCount).CopyTo(target.Slice(pitchClass * stride, frameCount));
    }

    /// <summary>Each frame divided by its largest class (librosa's norm = inf); a silent frame stays 0.</summary>
    public static void NormaliseByMax(ReadOnlySpan<float> energies, Span<float> target, int frameCount)
    {
        for (var t = 0; t < frameCount; t++)
        {
            var max = 0f;
            for (var c = 0; c < ClassCount; c++)
                max = Math.Max(max, energies[c * frameCount + t]);
            var scale = max < SmallestNormal ? 0 : 1 / max;
            for (var c = 0; c < ClassCount; c++)
                target[c * frameCount + t] = energies[c * frameCount + t] * scale;
        }
    }

    private static double PositiveRemainder(double x, double period) => x - period * Math.Floor(x / period);
}
