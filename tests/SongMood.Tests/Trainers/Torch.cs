using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Trainers;

/// <summary>Tests that draw from torch's random numbers, of which a process has one stream, take turns.</summary>
[CollectionDefinition(nameof(Torch))]
public class Torch : ICollectionFixture<Torch.OneThread>
{
    /// <summary>Checks that a test which is about to train takes its turn: in this collection, or before all tests.</summary>
    public static void AssertItsTurn()
    {
        if (TestContext.Current.TestCollection is { } collection)
            Assert.Contains(collection.TestCollectionDisplayName, (string[])[nameof(Torch), nameof(Training.Alone)]);
    }

    /// <summary>The tests' networks are so small that torch's threads, on a busy machine, mostly wait for each other.</summary>
    public sealed class OneThread : IDisposable
    {
        private readonly int _before = torch.get_num_threads();

        public OneThread()
        {
            torch.set_num_threads(1);
            // As before any training: tests compare what torch itself computes.
            using var channel = ((IHostEnvironment)new MLContext()).Start(nameof(Torch));
            OneDnn.LeaveOutWhereWrong(channel);
        }

        public void Dispose() => torch.set_num_threads(_before);
    }
}
