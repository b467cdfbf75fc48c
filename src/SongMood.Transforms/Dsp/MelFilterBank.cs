using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Dsp;

/// <summary>
/// Triangular filters evenly spaced in mel (librosa.filters.mel), kept sparse: for each band its first bin and the weights from there.
/// </summary>
internal sealed unsafe class MelFilterBank
{
    /// <summary>The frames that <see cref="Apply"/> works on at once.</summary>
    public const int FrameBlock = ShortTimeFourier.FrameBlock;

    // A band of thousands of bins (few bands, a long transform) summed one by one in float32 would be off by 1e-5: each term is
    // rounded to the whole sum's last place. Parts of this many bins are summed by themselves; most bands have only one.
    private const int PartLength = 64;

    private readonly int[] _firstBin; // a band
    private readonly int[] _weightStart; // a band, and one past the last
    private readonly float[] _weights;

    public MelFilterBank(int sampleRate, int fftLength, int bandCount, double minHz, double maxHz, MelScale scale, MelNorm norm,
        TriangleScale sides)
    {
        BandCount = bandCount;
        _firstBin = new int[bandCount];
        _weightStart = new int[bandCount + 1];
        var weights = new List<float>();
        var binHz = (double)sampleRate / fftLength;
        var bins = fftLength / 2 + 1;
        var (minMel, maxMel) = (ToMel(minHz, scale), ToMel(maxHz, scale));
        for (var band = 0; band < bandCount; band++)
        {
            var (low, middle, high) = (Edge(band), Edge(band + 1), Edge(band + 2));
            var height = norm == MelNorm.Area ? 2 / (high - low) : 1;
            var first = (int)Math.Clamp(Math.Floor(low / binHz), 0, bins);
            var last = (int)Math.Clamp(Math.Ceiling(high / binHz), -1, bins - 1);
            var started = false;
            for (var bin = first; bin <= last; bin++)
            {
                var weight = sides == TriangleScale.Hz
                    ? Height(bin * binHz, low, middle, high)
                    : Height(ToMel(bin * binHz, scale), EdgeMel(band), EdgeMel(band + 1), EdgeMel(band + 2));
                if (weight <= 0)
                    continue;
                if (!started)
                    (_firstBin[band], started) = (bin, true);
                weights.Add((float)(height * (float)weight));
            }

            _weightStart[band + 1] = weights.Count;
        }

        _weights = [.. weights];
        for (var band = 0; band < bandCount; band++)
            if (_weightStart[band] < _weightStart[band + 1])
            {
                FirstBin = FirstBin < 0 ? _firstBin[band] : Math.Min(FirstBin, _firstBin[band]);
                EndBin = Math.Max(EndBin, _firstBin[band] + _weightStart[band + 1] - _weightStart[band]);
            }

        FirstBin = Math.Max(FirstBin, 0);

        double EdgeMel(int i) => minMel + (maxMel - minMel) * i / (bandCount + 1);

        double Edge(int i) => ToHz(EdgeMel(i), scale);

        static double Height(double x, double low, double middle, double high) =>
            Math.Min((x - low) / (middle - low), (high - x) / (high - middle));
    }

    public int BandCount { get; }

    /// <summary>The lowest bin that any band takes.</summary>
    public int FirstBin { get; } = -1;

    /// <summary>One past the highest bin that any band takes.</summary>
    public int EndBin { get; }

    /// <summary>A band's first bin and its weights from there; empty where no bin falls under the triangle.</summary>
    public (int FirstBin, ReadOnlyMemory<float> Weights) Band(int band) =>
        (_firstBin[band], _weights.AsMemory(_weightStart[band], _weightStart[band + 1] - _weightStart[band]));

    /// <summary>
    /// The bands of <see cref="FrameBlock"/> frames: reads power[bin x FrameBlock + frame], writes the first <paramref name="frameCount"/>
    /// of them to target[band x stride + frame]. Frames side by side make this one broadcast and one fused multiply-add a weight, and
    /// the result falls into rows as it is wanted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float* power, float* target, nint stride, int frameCount)
    {
        var block = stackalloc float[FrameBlock];
        fixed (float* weights = _weights)
            for (var band = 0; band < BandCount; band++, target += stride)
            {
                var to = frameCount == FrameBlock ? target : block;
                var column = power + (nint)_firstBin[band] * FrameBlock;
                var (weight, end) = (_weightStart[band], _weightStart[band + 1]);
                if (Vector512.IsHardwareAccelerated)
                {
                    var sum = Vector512<float>.Zero;
                    while (weight < end)
                    {
                        var part = Vector512<float>.Zero;
                        for (var stop = Math.Min(weight + PartLength, end); weight < stop; weight++, column += FrameBlock)
                            part = Vector512.MultiplyAddEstimate(Vector512.Load(column), Vector512.Create(weights[weight]), part);
                        sum += part;
                    }

                    sum.Store(to);
                }
                else
                {
                    var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
                    while (weight < end)
                    {
                        var (partLow, partHigh) = (Vector256<float>.Zero, Vector256<float>.Zero);
                        for (var stop = Math.Min(weight + PartLength, end); weight < stop; weight++, column += FrameBlock)
                        {
                            var w = Vector256.Create(weights[weight]);
                            partLow = Vector256.MultiplyAddEstimate(Vector256.Load(column), w, partLow);
                            partHigh = Vector256.MultiplyAddEstimate(Vector256.Load(column + 8), w, partHigh);
                        }

                        low += partLow;
                        high += partHigh;
                    }

                    low.Store(to);
                    high.Store(to + 8);
                }

                if (frameCount < FrameBlock)
                    new Span<float>(block, frameCount).CopyTo(new Span<float>(target, frameCount));
            }
    }

    // Slaney's scale: 200/3 Hz a mel below 1 kHz, 27 mels a factor of 6.4 above.
    private const double LinearHzPerMel = 200.0 / 3;
    private const double LogStartHz = 1000;
    private const double LogStartMel = LogStartHz / LinearHzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    internal static double ToMel(double hz, MelScale scale) =>
        scale == MelScale.Htk ? 2595 * Math.Log10(1 + hz / 700)
        : hz >= LogStartHz ? LogStartMel + Math.Log(hz / LogStartHz) / LogStep
        : hz / LinearHzPerMel;

    internal static double ToHz(double mel, MelScale scale) =>
        scale == MelScale.Htk ? 700 * (Math.Pow(10, mel / 2595) - 1)
        : mel >= LogStartMel ? LogStartHz * Math.Exp(LogStep * (mel - LogStartMel))
        : mel * LinearHzPerMel;
}
