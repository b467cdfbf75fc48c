using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Trainers;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Benchmarks;

/// <summary>
/// One row of the paper's MLP: through our network step of a prediction engine's row, through ONNX Runtime alone, through TorchSharp.
/// Bar: the network step at most 30 us.
/// </summary>
[InThisProcess(warmups: 5, iterations: 15), MemoryDiagnoser(false)]
public class ScoringOneRow
{
    private readonly float[] _row = [.. Enumerable.Range(0, 11).Select(i => i / 11f)];
    private NetworkRun _run = null!;
    private OnnxNetwork _onnx = null!;
    private Network _network = null!;
    private Tensor _input = null!;
    private PredictionEngine<Song, Prediction> _engine = null!;
    private Song _song = null!;

    [GlobalSetup]
    public void Setup()
    {
        manual_seed(1);
        _network = new Mlp(InputShape.Vector(11), 4, [512, 128, 64], 0);
        _network.eval();
        _onnx = new OnnxNetwork(_network.ToOnnx());
        _run = new NetworkRun(_onnx);
        _input = tensor(_row).unsqueeze(0);
        var ml = new MLContext(1);
        var random = new Random(1);
        var songs = Enumerable.Range(0, 64)
            .Select(i => new Song { Mood = $"{i % 4}", Features = [.. _row.Select(value => value + random.NextSingle())] });
        var model = ml.Transforms.Conversion.MapValueToKey("Label", "Mood")
            .Append(ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { Epochs = 1 })).Fit(ml.Data.LoadFromEnumerable(songs));
        _engine = ml.Model.CreatePredictionEngine<Song, Prediction>(model);
        _song = new Song { Mood = "1", Features = _row };
    }

    [Benchmark(Baseline = true)]
    public float NetworkStep()
    {
        _row.CopyTo(_run.Prepare(1, 11));
        _run.Run();
        return _run.Probabilities(0)[0];
    }

    [Benchmark]
    public float WholePredictionEngine() => _engine.Predict(_song).Score[0];

    [Benchmark]
    public float TorchSharpForward()
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        return nn.functional.softmax(_network.call(_input).Logits, 1)[0, 0].item<float>();
    }

    internal sealed class Song
    {
        public string Mood { get; set; } = "";

        [VectorType(11)]
        public float[] Features { get; set; } = [];
    }

    internal sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}

/// <summary>
/// 4096 rows of the paper's MLP through <c>Transform</c>, in batches, and row by row. Bar: batches at least ten times as fast.
/// </summary>
[InThisProcess(warmups: 3, iterations: 11), MemoryDiagnoser(false)]
public class ScoringBatched
{
    private const int Rows = 4096;
    private PredictionEngine<ScoringOneRow.Song, ScoringOneRow.Prediction> _engine = null!;
    private NetworkRun _run = null!;
    private NetworkPredictionTransformer _model = null!;
    private IDataView _view = null!;
    private ScoringOneRow.Song[] _songs = [];

    [GlobalSetup]
    public void Setup()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        _songs = [.. Enumerable.Range(0, Rows).Select(i => new ScoringOneRow.Song
        {
            Mood = $"{i % 4}", Features = [.. Enumerable.Range(0, 11).Select(_ => random.NextSingle())],
        })];
        _view = ml.Data.Cache(ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(ml.Data.LoadFromEnumerable(_songs))
            .Transform(ml.Data.LoadFromEnumerable(_songs)));
        _model = ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { Epochs = 1 }).Fit(_view);
        _engine = ml.Model.CreatePredictionEngine<ScoringOneRow.Song, ScoringOneRow.Prediction>(
            ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(_view).Append(_model));
        _run = new NetworkRun(_model.Model.Network);
    }

    [Benchmark(Baseline = true)]
    public float Batched() => _model.Transform(_view).GetColumn<VBuffer<float>>("Score").Sum(score => score.GetValues()[0]);

    [Benchmark]
    public float RowByRowEngine() => _songs.Sum(song => _engine.Predict(song).Score[0]);

    /// <summary>Row by row with no ML.NET around it: the least that a row alone can cost.</summary>
    [Benchmark]
    public float RowByRowNetworkStep()
    {
        var sum = 0f;
        foreach (var song in _songs)
        {
            song.Features.CopyTo(_run.Prepare(1, 11));
            _run.Run();
            sum += _run.Probabilities(0)[0];
        }
        return sum;
    }
}

/// <summary>The paper's LSTM over one clip, 128 x 1232, beside TorchSharp's forward. Bar: at most 1.0 of it.</summary>
[InThisProcess(warmups: 3, iterations: 11), MemoryDiagnoser(false)]
public class ScoringLstm
{
    private NetworkRun _run = null!;
    private Network _network = null!;
    private float[] _clip = [];
    private Tensor _input = null!;

    [GlobalSetup]
    public void Setup()
    {
        manual_seed(1);
        _network = new Recurrent(RecurrentCell.Lstm, InputShape.Sequence(128), 4, 512, 1, false, [128], 0);
        _network.eval();
        _run = new NetworkRun(new OnnxNetwork(_network.ToOnnx()));
        _input = randn(1, 128, 1232);
        _clip = _input.data<float>().ToArray();
    }

    [Benchmark(Baseline = true)]
    public float TorchSharpForward()
    {
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        return nn.functional.softmax(_network.call(_input).Logits, 1)[0, 0].item<float>();
    }

    [Benchmark]
    public float Ours()
    {
        _clip.CopyTo(_run.Prepare(1, _clip.Length));
        _run.Run();
        return _run.Probabilities(0)[0];
    }
}
