using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Benchmarks;

/// <summary>
/// Our training loop beside a bare TorchSharp loop over the same network, rows, batch size, class weights and optimiser. Bar: ours at
/// most 1.10 of it. One thread; on a busy machine compare the minima. MLP: the paper's over 1024 rows, 5 epochs of batches of 128.
/// LSTM: 512 hidden over 32 rows of 128 x 60, two epochs of batches of 16.
/// </summary>
[InProcess, WarmupCount(3), IterationCount(40), InvocationCount(1), MinColumn, MedianColumn, MemoryDiagnoser(false)]
public class Training
{
    private const int Seed = 1;

    private TrainingData _data = null!;
    private float[] _values = [];
    private NetworkOptions _options = null!;
    private Func<Network> _make = null!;
    private IChannel _channel = null!;
    private Network _network = null!;
    private int[] _rows = [];

    [Params("mlp", "lstm")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        var random = new Random(Seed);
        var (shape, rows, values) = Kind == "mlp" ? (InputShape.Vector(11), 1024, 11) : (InputShape.Sequence(128), 32, 128 * 60);
        _values = [.. Enumerable.Range(0, rows * values).Select(_ => random.NextSingle())];
        _rows = [.. Enumerable.Range(0, rows)];
        _data = new TrainingData(shape, 4, _values, [.. _rows.Select(_ => values)], [.. _rows.Select(row => (long)(row % 4))], null, null, CPU);
        _options = Kind == "mlp" ? new MlpOptions { Epochs = 5 } : new LstmOptions { Epochs = 2, BatchSize = 16 };
        _make = Kind == "mlp"
            ? () => new Mlp(shape, 4, [512, 128, 64], 0.2)
            : () => new Recurrent(RecurrentCell.Lstm, shape, 4, 512, 1, false, [128], 0);
        _channel = ((IHostEnvironment)new MLContext(Seed)).Start("Training");
    }

    [IterationSetup]
    public void MakeNetwork()
    {
        manual_seed(Seed);
        _network = _make();
    }

    [IterationCleanup]
    public void DropNetwork() => _network.Dispose();

    [Benchmark(Baseline = true)]
    public float BareTorchSharp()
    {
        var x = tensor(_values, [.. _data.Shape.BatchDimensions(_rows.Length, _data.Lengths[0])]);
        var y = tensor(_data.Labels);
        var weights = ones(4);
        using var optimizer = optim.Adam(_network.parameters(), _options.LearningRate);
        _network.train();
        var last = 0f;
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            var order = randperm(_rows.Length);
            for (var start = 0; start < _rows.Length; start += _options.BatchSize)
            {
                using var scope = NewDisposeScope();
                var batch = order.narrow(0, start, Math.Min(_options.BatchSize, _rows.Length - start));
                optimizer.zero_grad();
                var logits = _network.call(x.index_select(0, batch)).Logits;
                var loss = nn.functional.cross_entropy(logits, y.index_select(0, batch), weights);
                loss.backward();
                optimizer.step();
                last = loss.item<float>();
            }
        }
        x.Dispose();
        y.Dispose();
        weights.Dispose();
        return last;
    }

    [Benchmark]
    public float Ours() => new TrainingLoop(_options, _network, Seed, _channel).Run(_data, _rows, null, []);
}
