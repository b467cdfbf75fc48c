using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SongMood.Audio;
using SongMood.Benchmarks.Peers;
using SongMood.Prediction;

namespace SongMood.Benchmarks;

/// <summary>
/// Tempo, key, loudness, danceability, onsets and brightness of a clip of 30 s: ours, with decoding and the mood besides, and by
/// essentia.js from samples that are decoded already.
/// </summary>
[InThisProcess(warmups: 2, iterations: 5), MemoryDiagnoser(false)]
public class Features
{
    private readonly byte[] _clip = Mp3Inputs.Make("128 kb/s");
    private readonly MoodPredictor _predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true });
    private EssentiaJs _essentia = null!;

    [GlobalSetup]
    public void Setup()
    {
        var audio = AudioFile.Read(_clip, new AudioReadOptions { SampleRate = 44100, Mono = true });
        _essentia = new EssentiaJs(audio.Channel(0));
        // A peer that hears something else would make the ratio worthless. Octave errors are everyone's; loudness is a standard.
        var (ours, theirs) = (_predictor.Predict(_clip).Features!, _essentia.Compute());
        Console.WriteLine($"ours: {ours}; essentia.js: {theirs}");
        // Theirs is told the channel twice, which counts for 3 dB.
        if (Math.Abs(ours.LoudnessLufs + 10 * Math.Log10(2) - theirs.GetProperty("loudness").GetDouble()) > 0.5)
            throw new InvalidOperationException($"loudness: ours {ours.LoudnessLufs} LUFS, theirs {theirs}");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _predictor.Dispose();
        _essentia.Dispose();
    }

    [Benchmark(Baseline = true)]
    public MusicFeatures Ours() => _predictor.Predict(_clip).Features!;

    [Benchmark]
    public JsonElement ByEssentiaJs() => _essentia.Compute();
}
