using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Architecture;

/// <summary>What the tool leaves to the libraries, done here so that a test can look whether it would be found there.</summary>
internal static class ToolThatTrains
{
    public static MLContext Context() => new(seed: 1);

    public static long Count() => torch.zeros(3).NumberOfElements;

    public static void Score(InferenceSession session) => session.Dispose();

    public static MlpOptions Options() => new();

    public static int Epoch(EpochReport report) => report.Epoch;
}
