using BenchmarkDotNet.Attributes;
using SongMood.Prediction;
using SongMood.Similarity;

namespace SongMood.Benchmarks;

/// <summary>
/// What the predictor costs for a clip of 30 s (MP3, 44.1 kHz stereo), one thread. Bars: a prediction at most 1.15 times its parts
/// (decoding, spectrogram, embedding); the mood over time at most 1.15 times a prediction; the songs most like one of 100,000 within 20 ms.
/// </summary>
[InThisProcess(warmups: 3, iterations: 9), MemoryDiagnoser(false)]
public class Predict
{
    private const int IndexedSongs = 100_000;

    private readonly byte[] _clip = Mp3Inputs.Make("128 kb/s");
    private readonly MoodPredictor _predictor = MoodPredictor.LoadPretrained();
    private readonly MoodPredictor _withFeatures = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true });
    private readonly PredictionParts _parts = new();
    private MoodPrediction _prediction = null!;
    private SongIndex _index = null!;

    [GlobalSetup]
    public void Setup()
    {
        _prediction = _predictor.Predict(_clip);
        _index = new SongIndex(_predictor);
        var random = new Random(1);
        var embedding = new float[_predictor.EmbeddingSize];
        for (var song = 0; song < IndexedSongs; song++)
        {
            for (var i = 0; i < embedding.Length; i++)
                embedding[i] = random.NextSingle() - 0.5f;
            _index.Add($"{song}", _prediction with { Embedding = embedding });
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _predictor.Dispose();
        _withFeatures.Dispose();
        _parts.Dispose();
    }

    [Benchmark]
    public float[] Parts() => _parts.Embed(_clip);

    [Benchmark(Baseline = true)]
    public MoodPrediction Prediction() => _predictor.Predict(_clip);

    [Benchmark]
    public MoodTimeline Timeline() => _predictor.PredictTimeline(_clip);

    [Benchmark]
    public MoodPrediction WithFeatures() => _withFeatures.Predict(_clip);

    [Benchmark]
    public MoodExplanation Why() => _predictor.Explain(_clip);

    [Benchmark]
    public IReadOnlyList<SimilarSong> NearestOf100000() => _index.Nearest(_prediction);
}
