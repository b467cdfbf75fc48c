using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace SongMood.Tests.Training;

[Collection(nameof(Torch))]
public class OptimizersTests
{
    /// <summary>Weights, and what a checkpoint keeps.</summary>
    [Theory]
    [InlineData(OptimizerKind.Adam, 0, 0.9)]
    [InlineData(OptimizerKind.Adam, 1e-2, 0.9)]
    [InlineData(OptimizerKind.AdamW, 0, 0.9)]
    [InlineData(OptimizerKind.AdamW, 1e-2, 0.9)]
    [InlineData(OptimizerKind.Sgd, 0, 0.9)]
    [InlineData(OptimizerKind.Sgd, 1e-2, 0.9)]
    [InlineData(OptimizerKind.Sgd, 1e-2, 0)]
    public void Steps_are_TorchSharps_to_the_last_bit(OptimizerKind kind, double decay, double momentum)
    {
        var options = new MlpOptions { Optimizer = kind, LearningRate = 0.03, WeightDecay = decay, Momentum = momentum };
        var expected = Trained(parameters => kind switch
        {
            OptimizerKind.Adam => torch.optim.Adam(parameters, 0.03, weight_decay: decay),
            OptimizerKind.AdamW => torch.optim.AdamW(parameters, 0.03, weight_decay: decay),
            _ => torch.optim.SGD(parameters, 0.03, momentum, weight_decay: decay),
        }, steps: 20);
        Assert.NotEqual(expected, Trained(parameters => Optimizers.Create(options with { WeightDecay = 0.5 }, parameters), steps: 20));
        Assert.Equal(expected, Trained(parameters => Optimizers.Create(options, parameters), steps: 20));
    }

    /// <summary>With TorchSharp's own steps it fails within 200 steps: <see cref="SongMood.Networks.TensorNumbers"/>.</summary>
    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void The_garbage_collector_takes_no_number_away(OptimizerKind kind)
    {
        var options = new MlpOptions { Optimizer = kind, LearningRate = 1e-3, WeightDecay = 1e-2 };
        byte[] Train() => Trained(parameters => Optimizers.Create(options, parameters), steps: 500);
        var quiet = Train();
        WhileCollecting(() => Assert.Equal(quiet, Train()));
    }

    [Fact]
    public void Nor_does_it_anywhere_else_in_training()
    {
        byte[] Vectors() => Graph(ml => ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick() with
        {
            Form = MlpForm.Hardtanh,
            MixupAlpha = 0.2,
            GradientClipNorm = 1,
            ExampleWeightColumnName = "Weight",
        }).Fit(Toy.Keyed(ml, Toy.Songs())));
        byte[] Clips() => Graph(ml => ((TransformerChain<ITransformer>)Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Attention(new()
        {
            Channels = [8, 8],
            Heads = 2,
            Epochs = 8,
            CropFrames = 16,
            TimeMaskCount = 1,
            FrequencyMaskCount = 1,
            FrequencyMaskBands = 1,
        })).Fit(Toy.View(ml, Toy.Clips()))).LastTransformer);
        var (vectors, clips) = (Vectors(), Clips());
        WhileCollecting(() =>
        {
            Assert.Equal(vectors, Vectors());
            Assert.Equal(clips, Clips());
        });

        static byte[] Graph(Func<MLContext, ITransformer> fit) =>
            ((NetworkPredictionTransformer)fit(new MLContext(1))).Model.OnnxGraph.ToArray();
    }

    /// <summary>Does something again and again, until the garbage collector has freed what it could at least 200 times meanwhile.</summary>
    private static void WhileCollecting(Action action)
    {
        using var stop = new CancellationTokenSource();
        var count = 0;
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
                Interlocked.Increment(ref count);
            }
        });
        collector.Start();
        try
        {
            do
                action();
            while (Volatile.Read(ref count) < 200);
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    /// <summary>The weights of a small layer after some steps, and the optimiser's state as checkpoints have it.</summary>
    private static byte[] Trained(Func<IEnumerable<Parameter>, OptimizerHelper> create, int steps)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        var layer = torch.nn.Linear(7, 4);
        using var optimizer = create(layer.parameters());
        var (x, labels) = (torch.randn(16, 7), torch.randint(4, 16));
        for (var step = 0; step < steps; step++)
        {
            using var ofStep = torch.NewDisposeScope();
            Optimizers.SetLearningRate(optimizer, 0.03 / (1 + step));
            optimizer.zero_grad();
            torch.nn.functional.cross_entropy(layer.call(x), labels).backward();
            optimizer.step();
        }
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true))
            optimizer.save_state_dict(writer);
        return [.. layer.parameters().SelectMany(parameter => parameter.bytes.ToArray()), .. state.ToArray()];
    }
}
