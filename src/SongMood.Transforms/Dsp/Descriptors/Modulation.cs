namespace SongMood.Dsp.Descriptors;

/// <summary>
/// How fast and how deep the levels of eight groups of mel bands swing: power spectra of the levels (dB) over 6 s stretches (256 frames
/// under a Hann window, half overlapping, their mean taken off), averaged, and gathered in seven ranges of modulation frequency; after
/// the rhythm patterns of Pampalk, Rauber and Merkl (ACM Multimedia 2002). Unit: 10 log10 of dB^2, -30 (none) and up.
/// Owns its buffers: one a thread.
/// </summary>
internal sealed unsafe class Modulation
{
    public const int GroupCount = 8, RangeCount = 7;

    /// <summary>Edges of the groups, in mel bands of <see cref="FrameAnalysis"/>.</summary>
    public static readonly int[] BandEdges = [0, 8, 20, 36, 52, 68, 84, 104, 128];

    /// <summary>Edges of the ranges, Hz.</summary>
    public static readonly double[] RangeEdgesHz = [0.4, 0.8, 1.5, 3, 6, 10, 15, 21.6];

    private const int Stretch = 256, Hop = 128;
    private const double Floor = 1e-3;
    private readonly RealFft _fft = new(Window.Create(WindowKind.Hann, Stretch));
    private readonly float[] _frame = new float[Stretch];
    private readonly float[] _power = new float[Stretch / 2 + 1];
    private readonly double[] _spectrum = new double[Stretch / 2 + 1];

    /// <summary>Mean level of each group in each frame.</summary>
    public Matrix GroupLevels { get; } = new(GroupCount);

    /// <param name="melDecibels">(bands, frames).</param>
    /// <param name="frameCount">Frames.</param>
    /// <param name="target">Groups by ranges.</param>
    public void Compute(ReadOnlySpan<float> melDecibels, int frameCount, Span<float> target)
    {
        MeanLevels(melDecibels, frameCount);
        for (var group = 0; group < GroupCount; group++)
        {
            MeanSpectrum(GroupLevels.Row(group));
            for (var range = 0; range < RangeCount; range++)
                target[group * RangeCount + range] =
                    (float)(10 * Math.Log10(RangeMean(RangeEdgesHz[range], RangeEdgesHz[range + 1]) + Floor));
        }
    }

    /// <summary>
    /// Share of a level's modulation power that lies from 3 to 6 Hz, where syllables come (Scheirer and Slaney, "Construction and
    /// evaluation of a robust multifeature speech/music discriminator", ICASSP 1997). 0 to 1.
    /// </summary>
    public double SyllableShare(ReadOnlySpan<float> level)
    {
        MeanSpectrum(level);
        double syllables = 0, all = 0;
        for (var k = 1; k < _spectrum.Length; k++)
        {
            var hz = k * FrameAnalysis.FramesPerSecond / Stretch;
            all += hz >= RangeEdgesHz[0] ? _spectrum[k] : 0;
            syllables += hz is >= 3 and < 6 ? _spectrum[k] : 0;
        }
        return all > 1e-9 ? syllables / all : 0;
    }

    private void MeanLevels(ReadOnlySpan<float> melDecibels, int frameCount)
    {
        GroupLevels.Resize(frameCount);
        for (var group = 0; group < GroupCount; group++)
        {
            var row = GroupLevels.Row(group);
            row.Clear();
            for (var band = BandEdges[group]; band < BandEdges[group + 1]; band++)
                System.Numerics.Tensors.TensorPrimitives.Add(row, melDecibels.Slice(band * frameCount, frameCount), row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, BandEdges[group + 1] - BandEdges[group], row);
        }
    }

    private void MeanSpectrum(ReadOnlySpan<float> level)
    {
        Array.Clear(_spectrum);
        var stretches = 0;
        for (var from = 0; from == 0 || from + Stretch <= level.Length; from += Hop, stretches++)
        {
            var part = level.Slice(from, Math.Min(Stretch, level.Length - from));
            Array.Clear(_frame);
            System.Numerics.Tensors.TensorPrimitives.Subtract(part,
                System.Numerics.Tensors.TensorPrimitives.Sum(part) / part.Length, _frame);
            fixed (float* frame = _frame, power = _power)
            {
                _fft.Transform(frame);
                _fft.StorePower(power, magnitude: false);
            }
            for (var k = 0; k < _spectrum.Length; k++)
                _spectrum[k] += _power[k];
        }
        for (var k = 0; k < _spectrum.Length; k++)
            _spectrum[k] /= stretches;
    }

    private double RangeMean(double fromHz, double toHz)
    {
        var (sum, count) = (0.0, 0);
        for (var k = 1; k < _spectrum.Length; k++)
            if (k * FrameAnalysis.FramesPerSecond / Stretch is var hz && hz >= fromHz && hz < toHz)
                (sum, count) = (sum + _spectrum[k], count + 1);
        return sum / count;
    }
}
