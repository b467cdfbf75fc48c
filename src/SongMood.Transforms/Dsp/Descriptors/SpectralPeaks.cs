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
    private readonly double _binHz;
    private readonly int _firstBin, _lastBin;
    private readonly float[] _candidateHeights = new float[1024];
    private readonly int[] _candidateBins = new int[1024];
    private float[] _hz = [], _height = [];
    private int[] _count = [];

    public SpectralPeaks(int binCount, double binHz)
    {
        _binHz = binHz;
        _firstBin = Math.Max(1, (int)Math.Ceiling(MinHz / binHz));
        _lastBin = Math.Min(binCount - 2, (int)(MaxHz / binHz));
    }

    public ReadOnlySpan<float> Hz(int frame) => _hz.AsSpan(frame * PerFrame, _count[frame]);

    public ReadOnlySpan<float> Height(int frame) => _height.AsSpan(frame * PerFrame, _count[frame]);

    public void Reserve(int frameCount)
    {
        if (_count.Length >= frameCount)
            return;
        _count = new int[frameCount];
        _hz = new float[frameCount * PerFrame];
        _height = new float[frameCount * PerFrame];
    }

    public void Find(ReadOnlySpan<float> magnitudes, int frame)
    {
        var bins = magnitudes.Slice(0, _lastBin + 2);
        var largest = System.Numerics.Tensors.TensorPrimitives.Max(bins);
        var least = Math.Max(largest * MinShare, 1e-6f);
        var found = 0;
        for (var k = _firstBin; k <= _lastBin; k++)
            if (bins[k] > least && bins[k] > bins[k - 1] && bins[k] >= bins[k + 1])
            {
                _candidateBins[found] = k;
                _candidateHeights[found++] = bins[k];
            }
        var threshold = 0f;
        if (found > PerFrame)
        {
            Span<float> sorted = stackalloc float[found];
            _candidateHeights.AsSpan(0, found).CopyTo(sorted);
            sorted.Sort();
            threshold = sorted[found - PerFrame];
        }
        var count = 0;
        for (var i = 0; i < found && count < PerFrame; i++)
            if (_candidateHeights[i] >= threshold)
                Interpolate(bins, _candidateBins[i], frame * PerFrame + count++);
        _count[frame] = count;
    }

    private void Interpolate(ReadOnlySpan<float> bins, int k, int at)
    {
        var (left, middle, right) = (MathF.Log(bins[k - 1] + 1e-12f), MathF.Log(bins[k]), MathF.Log(bins[k + 1] + 1e-12f));
        var curvature = left - 2 * middle + right;
        var offset = curvature < 0 ? Math.Clamp((left - right) / (2 * curvature), -0.5f, 0.5f) : 0;
        _hz[at] = (float)((k + offset) * _binHz);
        _height[at] = MathF.Exp(middle - 0.25f * (left - right) * offset);
    }
}
