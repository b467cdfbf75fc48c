using BenchmarkDotNet.Attributes;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Benchmarks;

/// <summary>
/// Descriptors of 30 s at 22,050 Hz, one thread: each group alone, the preset, and all of them, beside the mel spectrogram in decibels.
/// Bar: all of them in at most 4.5 times its time. <see cref="AndMel"/> shows what the shared frames save.
/// </summary>
[InThisProcess(warmups: 3, iterations: 9), MemoryDiagnoser(false)]
public class Descriptors
{
    private readonly float[] _samples = Signals.Music(MusicDescriptorExtractor.SampleRate, 30);
    private readonly Dsp.MelSpectrogram _mel = new(new MelSpectrogramOptions());
    private MusicDescriptorExtractor _extractor = new();
    private float[] _values = [], _bands = [];

    [ParamsAllValues]
    public Set Groups { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _extractor = Groups == Set.Eleven
            ? new MusicDescriptorExtractor(DescriptorGroups.None, MusicDescriptorExtractor.Eleven)
            : new MusicDescriptorExtractor(Enum.Parse<DescriptorGroups>($"{Groups}"));
        _values = new float[_extractor.Names.Length];
        _bands = new float[MusicDescriptorExtractor.MelBandCount * MusicDescriptorExtractor.FrameCount(_samples.Length)];
    }

    [Benchmark]
    public void Alone() => _extractor.Compute(_samples, _values);

    [Benchmark]
    public void AndMel() => _extractor.Compute(_samples, _values, _bands);

    [Benchmark(Baseline = true)]
    public void MelAndDecibels()
    {
        _mel.Compute(_samples, _bands);
        Decibels.FromPower(_bands, _bands);
    }

    /// <summary>The groups, without <see cref="DescriptorGroups.None"/>, and the preset.</summary>
    public enum Set
    {
        Loudness, Dynamics, Rhythm, Danceability, Tonality, Chroma, HarmonicChange, Spectrum, Contrast, ZeroCrossings, Mfcc, MelBands,
        Roughness, Modulation, Eleven, All,
    }
}
