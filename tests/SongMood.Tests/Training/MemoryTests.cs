using Microsoft.ML;
using SongMood.Tests.Trainers;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>Counts all live tensors of the process, hence runs alone.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Fact]
    public void Two_hundred_epochs_keep_memory_flat()
    {
        var ml = new MLContext(1);
        var tensors = new List<long>();
        var bytes = new List<long>();
        var options = MlpTrainerTests.Quick();
        options.Epochs = 200;
        (options.ValidationFraction, options.MixupAlpha, options.GradientClipNorm) = (0.25, 0.2, 1);
        options.Progress = new MlpTrainerTests.Recorder([], report =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            tensors.Add(torch.Tensor.TotalCount);
            bytes.Add(Environment.WorkingSet);
        });
        var data = Toy.View(ml, Toy.Songs());
        Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(options)).Fit(data);
        Assert.Equal(200, tensors.Count);
        // After the optimiser has made its state the number of live tensors stays; the process may wobble, but not grow by the epoch.
        Assert.Equal(tensors[20], tensors[^1]);
        var growth = bytes.TakeLast(20).Average() - bytes.Skip(20).Take(20).Average();
        TestContext.Current.SendDiagnosticMessage($"live tensors {tensors[^1]}, working set grew by {growth / 1024:f0} KiB over 160 epochs");
        Assert.InRange(growth, double.NegativeInfinity, 32 << 20);
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
