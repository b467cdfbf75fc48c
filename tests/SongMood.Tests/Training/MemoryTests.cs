using Microsoft.ML;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;
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
        using var folder = new TemporaryFolder();
        var options = MlpTrainerTests.Quick() with
        {
            ValidationFraction = 0.25,
            MixupAlpha = 0.2,
            GradientClipNorm = 1,
            ExampleWeightColumnName = "Weight",
        };
        options = options with
        {
            CheckpointFolder = folder.Path,
            CurvesPath = folder.File("curves.csv"),
            TensorBoardFolder = folder.File("board"),
        };
        Check(ml, options with { Epochs = 200 }, Toy.View(ml, Toy.Songs()));
    }

    [Fact]
    public void Epochs_of_crops_and_masks_keep_memory_flat()
    {
        var ml = new MLContext(1);
        var options = new CrnnOptions
        {
            Channels = [8],
            HiddenSize = 4,
            EmbeddingSize = 4,
            CropFrames = 8,
            TimeMaskFrames = 3,
            FrequencyMaskBands = 2,
            BatchSize = 8,
            ValidationFraction = 0.25,
            Sampling = RowSampling.WeightedRandom,
        };
        Check(ml, options with { Epochs = 60 }, Toy.View(ml, Toy.Clips(16, frames: [12, 9])));
    }

    private static void Check(MLContext ml, NetworkOptions options, IDataView data)
    {
        var tensors = new List<long>();
        var bytes = new List<long>();
        var watched = options with
        {
            Progress = new MlpTrainerTests.Recorder([], report =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                tensors.Add(torch.Tensor.TotalCount);
                bytes.Add(Environment.WorkingSet);
            }),
        };
        Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Network(watched)).Fit(data);
        Assert.Equal(options.Epochs, tensors.Count);
        // After the optimiser has made its state the number of live tensors stays; the process may wobble, but not grow by the epoch.
        Assert.Equal(tensors[20], tensors[^1]);
        var growth = bytes.TakeLast(20).Average() - bytes.Skip(20).Take(20).Average();
        TestContext.Current.SendDiagnosticMessage(
            $"live tensors {tensors[^1]}, working set grew by {growth / 1024:f0} KiB over {options.Epochs} epochs");
        Assert.InRange(growth, double.NegativeInfinity, 32 << 20);
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone : ICollectionFixture<Torch.OneThread>;
