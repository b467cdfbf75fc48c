using BenchmarkDotNet.Attributes;
using Microsoft.ML;

namespace SongMood.Benchmarks;

/// <summary>
/// The music embedding of 30 s at 22,050 Hz, one thread, beside the spectrogram that it hears. Bar: at most 25 ms a clip, the spectrogram
/// included.
/// </summary>
[InThisProcess(warmups: 3, iterations: 9), MemoryDiagnoser(false)]
public class Embedding
{
    private readonly float[] _samples = Signals.Music(22050, 30);
    private PredictionEngine<Song, MelResult> _toMel = null!;
    private PredictionEngine<Song, EmbeddingResult> _toEmbedding = null!;

    [GlobalSetup]
    public void Setup()
    {
        var ml = new MLContext(1);
        var none = ml.Data.LoadFromEnumerable<Song>([]);
        var mel = ml.Transforms.MelSpectrogram("Mel", nameof(Song.Waveform)).Append(ml.Transforms.PowerToDecibels("Decibels", "Mel"));
        _toMel = ml.Model.CreatePredictionEngine<Song, MelResult>(mel.Fit(none));
        _toEmbedding = ml.Model.CreatePredictionEngine<Song, EmbeddingResult>(
            mel.Append(ml.Transforms.MusicEmbedding("Embedding", "Decibels")).Fit(none));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _toMel.Dispose();
        _toEmbedding.Dispose();
    }

    [Benchmark(Baseline = true)]
    public float[] MelAndDecibels() => _toMel.Predict(new Song { Waveform = _samples }).Decibels;

    [Benchmark]
    public float[] MelDecibelsAndEmbedding() => _toEmbedding.Predict(new Song { Waveform = _samples }).Embedding;

    private sealed class Song
    {
        public float[] Waveform { get; set; } = [];
    }

    private sealed class MelResult
    {
        public float[] Decibels { get; set; } = [];
    }

    private sealed class EmbeddingResult
    {
        public float[] Embedding { get; set; } = [];
    }
}
