using BenchmarkDotNet.Attributes;
using SongMood.Benchmarks.Peers;
using SongMood.Dsp;

namespace SongMood.Benchmarks;

/// <summary>
/// 30 s of mono to 22.05 kHz, one thread: ours and libsoxr's HQ (where libsoxr.so.0 is installed). Bar at 44.1 kHz: 1.2 of its time.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false), MinColumn]
public class Resample
{
    private const int ToHz = 22050;
    private float[] _samples = [], _result = [];
    private RateConverter? _converter;

    [Params(44100, 48000)]
    public int FromHz { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _samples = Signals.Music(FromHz, 30);
        _converter = new RateConverter(FromHz, ToHz);
        _result = new float[_converter.OutputLength(_samples.Length)];
        Ours();
        var ours = _result.ToArray();
        Libsoxr();
        var worst = Enumerable.Range(0, ours.Length).Max(i => Math.Abs(ours[i] - _result[i]));
        if (worst > 1e-5) // a peer that computes something else would make the ratio worthless
            throw new InvalidOperationException($"libsoxr's result is {worst} away from ours");
    }

    [Benchmark]
    public float Ours()
    {
        _converter!.Convert(_samples, _result);
        return _result[0];
    }

    [Benchmark(Baseline = true)]
    public int Libsoxr() => Soxr.Resample(_samples, FromHz, ToHz, _result);
}
