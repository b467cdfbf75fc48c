using Microsoft.ML;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>The number of threads is part of what makes a network what it is: it can be set, is looked at, and is given back.</summary>
[Collection(nameof(Torch))]
public class ThreadsTests
{
    private const int FrameCount = 12; // few: on a busy machine threads mostly wait for each other at the end of each frame

    private readonly List<int> _during = [];

    [Theory]
    [InlineData(null, 3)]
    [InlineData(2, 2)]
    public void A_network_over_spectrograms_trains_with_the_number_that_is_set_or_torchs_own(int? threads, int expected)
    {
        WithThreads(3, () => Fit(threads));
        Assert.Equal([expected], _during);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 2)]
    public void A_network_over_vectors_trains_with_the_number_that_is_set_or_one(int? threads, int expected)
    {
        var ml = new MLContext(1);
        var options = new MlpOptions { HiddenSizes = [8], Epochs = 1, Threads = threads, Progress = Recorder() };
        WithThreads(3, () => Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(options)).Fit(Toy.View(ml, Toy.Songs())));
        Assert.Equal([expected], _during);
    }

    [Fact]
    public void One_seed_and_one_number_of_threads_are_one_network_whatever_torchs_own_number_is()
    {
        byte[] two = [], three = [], other = [];
        WithThreads(2, () => two = Fit(2));
        WithThreads(3, () => three = Fit(2));
        WithThreads(2, () => other = Fit(1));
        Assert.Equal(two, three);
        Assert.SkipWhen(other.AsSpan().SequenceEqual(two),
            "On this processor torch sums in one order with one thread and with two, so that nothing is shown here.");
    }

    [Fact]
    public void A_checkpoint_of_another_number_of_threads_is_refused()
    {
        using var folder = new TemporaryFolder();
        WithThreads(2, () => Fit(null, folder.Path));
        var message = "";
        WithThreads(3, () => message = Assert.Throws<InvalidOperationException>(() => Fit(null, folder.Path)).Message);
        Assert.Contains("threads 2", message);
        Assert.Contains("threads 3", message);
        WithThreads(3, () => Fit(2, folder.Path)); // as it says
    }

    private byte[] Fit(int? threads, string? checkpointFolder = null)
    {
        var ml = new MLContext(1);
        var options = new LstmOptions
        {
            HiddenSize = 64,
            LinearSizes = [],
            BatchSize = 32,
            Epochs = 1,
            LearningRate = 1e-2,
            Threads = threads,
            CheckpointFolder = checkpointFolder,
            Progress = Recorder(),
        };
        var data = Toy.View(ml, Toy.Clips(32, frames: FrameCount), frames: FrameCount);
        var keys = ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(data).Transform(data);
        return ml.MulticlassClassification.Trainers.Lstm(options).Fit(keys).Model.OnnxGraph.ToArray();
    }

    private MlpTrainerTests.Recorder Recorder() => new([], _ => _during.Add(torch.get_num_threads()));

    private static void WithThreads(int count, Action action)
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(count);
        try
        {
            action();
            Assert.Equal(count, torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }
}
