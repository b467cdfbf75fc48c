using System.Globalization;
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
/// Our training loop beside a bare TorchSharp loop over the same network, rows, batch size, class weights and optimiser, from new
/// weights each time. The bare loop has the processor's flags as they are; ours flushes subnormal numbers to zero, of which an LSTM's
/// gradients over hundreds of frames are full. BenchmarkDotNet says the processor, on which that depends. On a busy machine compare the
/// minima.
/// <list type="bullet">
/// <item>mlp: the paper's over 1024 rows, 5 epochs of batches of 128, one thread. Bar: at most 1.10 of the bare loop.</item>
/// <item>lstm of 60 frames: 512 hidden over 32 rows of 128 x 60, two epochs of batches of 16, one thread. Bar: 1.10.</item>
/// <item>lstm of 308 and 1232 frames: 512 hidden, one step of 32 rows, torch's own number of threads. Bar: 0.1 on Intel's processors,
/// 1.02 where subnormal numbers cost nothing.</item>
/// <item>crnn of 1232 frames: the defaults over 64 rows, whole and unmasked, one epoch of batches of 16, torch's own number of threads.
/// Bar: 1.10.</item>
/// </list>
/// Where there is a CUDA device (an NVIDIA GPU, and libtorch for CUDA), each once more on that. Bar: 1.10.
/// </summary>
[InThisProcess(warmups: 1, iterations: 12, callsOfAnIteration: 1), MinColumn, MedianColumn, MemoryDiagnoser(false)]
public class Training
{
    private const int Seed = 1;
    private static readonly int OwnThreads = get_num_threads(); // before a case sets it

    private TrainingData _data = null!;
    private float[] _values = [];
    private NetworkOptions _options = null!;
    private Func<Network> _make = null!;
    private IChannel _channel = null!;
    private Network _network = null!;
    private int[] _rows = [];

    [Params("mlp", "lstm, 60 frames", "lstm, 308 frames", "lstm, 1232 frames", "crnn, 1232 frames")]
    public string Kind { get; set; } = "";

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "";

    public static IEnumerable<string> Devices => cuda.is_available() ? ["cpu", "cuda"] : ["cpu"];

    [GlobalSetup]
    public void Setup()
    {
        var isMlp = Kind == "mlp";
        var frames = isMlp ? 0 : int.Parse(Kind.Split(' ')[1], CultureInfo.InvariantCulture);
        var isLong = frames > 300;
        set_num_threads(isLong ? OwnThreads : 1);
        var random = new Random(Seed);
        var isCrnn = Kind.StartsWith("crnn", StringComparison.Ordinal);
        var (shape, rows, values) = isMlp ? (InputShape.Vector(11), 1024, 11)
            : (InputShape.Sequence(128), isCrnn ? 64 : 32, 128 * frames);
        _values = [.. Enumerable.Range(0, rows * values).Select(_ => random.NextSingle())];
        _rows = [.. Enumerable.Range(0, rows)];
        _data = new TrainingData(shape, 4, _values, [.. _rows.Select(_ => values)], [.. _rows.Select(row => (long)(row % 4))],
            null, null, new Device(Device));
        _options = isMlp ? new MlpOptions { Epochs = 5 }
            : isCrnn ? new CrnnOptions
            {
                Epochs = 1,
                BatchSize = 16,
                CropFrames = null,
                MixupAlpha = 0,
                TimeMaskCount = 0,
                FrequencyMaskCount = 0,
            }
            : isLong ? new LstmOptions { Epochs = 1, BatchSize = 32 }
            : new LstmOptions { Epochs = 2, BatchSize = 16 };
        _make = isMlp
            ? () => new Mlp(shape, 4, [512, 128, 64], 0.2)
            : isCrnn ? () => new Crnn(shape, 4, [128, 128, 128], 64, 64, 0.3)
            : () => new Recurrent(RecurrentCell.Lstm, shape, 4, 512, 1, false, [128], 0);
        _channel = ((IHostEnvironment)new MLContext(Seed)).Start("Training");
    }

    [IterationSetup]
    public void MakeNetwork()
    {
        manual_seed(Seed);
        _network = _make();
        _network.to(_data.Device);
    }

    [IterationCleanup]
    public void DropNetwork() => _network.Dispose();

    [Benchmark(Baseline = true)]
    public float BareTorchSharp()
    {
        var x = tensor(_values, [.. _data.Shape.BatchDimensions(_rows.Length, _data.Lengths[0])], device: _data.Device);
        var y = tensor(_data.Labels, device: _data.Device);
        var weights = ones(4, device: _data.Device);
        using var optimizer = optim.Adam(_network.parameters(), _options.LearningRate);
        _network.train();
        var last = 0f;
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            using var epochScope = NewDisposeScope();
            var order = randperm(_rows.Length, device: _data.Device);
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
