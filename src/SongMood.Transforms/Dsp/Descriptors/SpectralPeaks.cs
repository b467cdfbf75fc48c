using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The partials of a signal: local maxima of each frame's magnitudes from 60 to 5000 Hz that reach 1 % of the frame's largest, with
/// frequency and height from the parabola through the logarithms of three bins (Smith and Serra, "PARSHL", 1987, section 6; for a Hann
/// window nearly exact). The strongest <see cref="PerFrame"/> of each frame are kept, in order of frequency.
/// </summary>
internal sealed class SpectralPeaks
{
    public const int PerFrame = 40;
    private const double MinHz = 60, MaxHz = 5000;
    private const float MinShare = 0.01f;
    private const float MinPower = 1e-12f, Nothing = 1e-24f;
    private readonly double _binHz;
    private readonly int _firstBin, _lastBin;
    private readonly float[] _candidatePowers = new float[1024];
    private readonly int[] _candidateBins = new int[1024];
    private float[] _hz = [], _height = [];
    private readonly double[] _semitones = new double[PerFrame];
    private int[] _count = [];

    public SpectralPeaks(int binCount, double binHz)
    {
        _binHz = binHz;
        _firstBin = Math.Max(1, (int)Math.Ceiling(MinHz / binHz));
        _lastBin = Math.Min(binCount - 2, (int)(MaxHz / binHz));
        PowerCount = (_lastBin + 1 + Vector256<float>.Count + FrameTranspose.Granularity - 1)
            / FrameTranspose.Granularity * FrameTranspose.Granularity;
    }

    /// <summary>The powers that <see cref="Find"/> wants, from the first bin on; a multiple of 16.</summary>
    public int PowerCount { get; }

    public ReadOnlySpan<float> Hz(int frame) => _hz.AsSpan(frame * PerFrame, _count[frame]);

    public ReadOnlySpan<float> Height(int frame) => _height.AsSpan(frame * PerFrame, _count[frame]);

    /// <summary>
    /// Semitones of a frame's partials above C-1, A4 = 440 Hz = 69. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<double> Semitones(int frame)
    {
        var semitones = _semitones.AsSpan(0, _count[frame]);
        TensorPrimitives.ConvertChecked(Hz(frame), semitones);
        TensorPrimitives.Log2(semitones, semitones);
        TensorPrimitives.Multiply(semitones, 12, semitones);
        TensorPrimitives.Add(semitones, 69 - 12 * Math.Log2(440), semitones);
        return semitones;
    }

    public void Reserve(int frameCount)
    {
        if (_count.Length >= frameCount)
            return;
        _count = new int[frameCount];
        _hz = new float[frameCount * PerFrame];
        _height = new float[frameCount * PerFrame];
    }

    /// <param name="powers">Of one frame's first <see cref="PowerCount"/> bins.</param>
    /// <param name="frame">Where to keep its partials.</param>
    public void Find(ReadOnlySpan<float> powers, int frame)
    {
        var largest = TensorPrimitives.MaxNumber(powers[..(_lastBin + 2)]);
        var found = FindMaxima(powers, Math.Max(largest * MinShare * MinShare, MinPower));
        var threshold = found > PerFrame ? OrderStatistic.KthLargest(_candidatePowers.AsSpan(0, found), PerFrame) : 0;
        var count = 0;
        for (var i = 0; i < found && count < PerFrame; i++)
            if (_candidatePowers[i] >= threshold)
                _candidateBins[count++] = _candidateBins[i];
        _count[frame] = count;
        Interpolate(powers, _candidateBins.AsSpan(0, count), frame * PerFrame);
    }

    /// <summary>Lists the bins that are higher than the one before, not lower than the one behind, and above the least power.</summary>
    private int FindMaxima(ReadOnlySpan<float> powers, float least)
    {
        var found = 0;
        for (var k = _firstBin; k <= _lastBin; k += Vector256<float>.Count)
        {
            var here = Vector256.Create(powers[k..]);
            var isMaximum = Vector256.GreaterThan(here, Vector256.Create(least))
                & Vector256.GreaterThan(here, Vector256.Create(powers[(k - 1)..]))
                & Vector256.GreaterThanOrEqual(here, Vector256.Create(powers[(k + 1)..]));
            for (var lanes = isMaximum.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
                if (k + BitOperations.TrailingZeroCount(lanes) is var bin && bin <= _lastBin)
                    (_candidateBins[found], _candidatePowers[found++]) = (bin, powers[bin]);
        }
        return found;
    }

    private void Interpolate(ReadOnlySpan<float> powers, ReadOnlySpan<int> bins, int at)
    {
        Span<float> logarithms = stackalloc float[3 * PerFrame]; // left, middle, right of each
        logarithms = logarithms[..(3 * bins.Length)];
        for (var i = 0; i < bins.Length; i++)
            (logarithms[3 * i], logarithms[3 * i + 1], logarithms[3 * i + 2]) =
                (powers[bins[i] - 1] + Nothing, powers[bins[i]], powers[bins[i] + 1] + Nothing);
        TensorPrimitives.Log(logarithms, logarithms);
        var heights = _height.AsSpan(at, bins.Length);
        for (var i = 0; i < bins.Length; i++)
        {
            var (left, middle, right) = (logarithms[3 * i], logarithms[3 * i + 1], logarithms[3 * i + 2]);
            var curvature = left - 2 * middle + right;
            var offset = curvature < 0 ? Math.Clamp((left - right) / (2 * curvature), -0.5f, 0.5f) : 0;
            _hz[at + i] = (float)((bins[i] + offset) * _binHz);
            heights[i] = 0.5f * (middle - 0.25f * (left - right) * offset); // half a power's logarithm is a magnitude's
        }
        TensorPrimitives.Exp(heights, heights);
    }
}
