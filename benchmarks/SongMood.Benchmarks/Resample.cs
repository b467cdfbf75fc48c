using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using SongMood.Dsp;

namespace SongMood.Benchmarks;

/// <summary>30 s of mono from 44.1 to 22.05 kHz, one thread: ours and libsoxr's HQ (where libsoxr.so.0 is installed). Bar: 1.2 of its time.</summary>
[InProcess, WarmupCount(5), IterationCount(15), MemoryDiagnoser(false)]
public unsafe partial class Resample
{
    private const int FromHz = 44100, ToHz = 22050;
    private const nuint HighQuality = 4; // SOXR_HQ in soxr.h
    private float[] _samples = [], _result = [];
    private RateConverter? _converter;

    [GlobalSetup]
    public void Setup()
    {
        _samples = Signals.Music(FromHz, 30);
        _converter = new RateConverter(FromHz, ToHz);
        _result = new float[_converter.OutputLength(_samples.Length)];
        Ours();
        var ours = _result.ToArray();
        Soxr();
        var worst = Enumerable.Range(0, ours.Length).Max(i => Math.Abs(ours[i] - _result[i]));
        if (worst > 1e-4)
            throw new InvalidOperationException($"libsoxr's result is {worst} away from ours");
    }

    [Benchmark]
    public float Ours()
    {
        _converter!.Convert(_samples, _result);
        return _result[0];
    }

    [Benchmark(Baseline = true)]
    public nuint Soxr()
    {
        var quality = soxr_quality_spec(HighQuality, 0);
        fixed (float* from = _samples, to = _result)
        {
            if (soxr_oneshot(FromHz, ToHz, 1, from, (nuint)_samples.Length, null, to, (nuint)_result.Length, out var done, null, &quality,
                null) != 0)
                throw new InvalidOperationException("soxr_oneshot failed");
            return done;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Quality
    {
        public double Precision, PhaseResponse, PassBandEnd, StopBandBegin;
        public nint Internal;
        public nuint Flags;
    }

    [LibraryImport("libsoxr.so.0")]
    private static partial Quality soxr_quality_spec(nuint recipe, nuint flags);

    [LibraryImport("libsoxr.so.0")]
    private static partial nint soxr_oneshot(double inputRate, double outputRate, uint channels, float* input, nuint inputLength,
        nuint* inputDone, float* output, nuint outputLength, out nuint outputDone, void* ioSpec, Quality* quality, void* runtime);
}
