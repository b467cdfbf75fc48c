using System.Reflection;
using Microsoft.ML;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>Which options make another training of it.</summary>
[Collection(nameof(Torch))]
public sealed class FingerprintTests
{
    private static readonly string[] WithoutEffect =
        ["CancellationToken", "CheckpointFolder", "CurvesPath", "Device", "Progress", "TensorBoardFolder"];

    // Whoever gave it, the seed that is in use counts, and so do the threads.
    private static readonly string[] ByWhatIsInUse = [nameof(NetworkOptions.Seed), nameof(NetworkOptions.Threads)];

    [Theory]
    [InlineData(typeof(MlpOptions))]
    [InlineData(typeof(CnnOptions))]
    [InlineData(typeof(LstmOptions))]
    [InlineData(typeof(CrnnOptions))]
    [InlineData(typeof(AttentionOptions))]
    public void Every_option_but_those_without_effect_on_the_result_changes_it(Type type)
    {
        PropertyInfo[] options = [.. type.GetProperties().Where(option => option.Name != nameof(NetworkOptions.StartFrom))];
        Assert.Superset(WithoutEffect.ToHashSet(), options.Select(option => option.Name).ToHashSet());
        var plain = Of(New(type));
        Assert.Equal(plain, Of(New(type)));
        foreach (var option in options)
        {
            var changed = New(type);
            option.SetValue(changed, Other(option.PropertyType, option.GetValue(changed)));
            var isSame = WithoutEffect.Contains(option.Name) || ByWhatIsInUse.Contains(option.Name);
            Assert.True(isSame == (plain == Of(changed)),
                $"{type.Name}.{option.Name} {(isSame ? "changes" : "does not change")} the fingerprint.");
        }
    }

    [Fact]
    public void The_seed_in_use_and_the_model_to_start_from_change_it()
    {
        var ml = new MLContext(1);
        var view = Toy.View(ml, Toy.Songs(16));
        var songs = ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(view).Transform(view);
        NetworkModelParameters Trained(int seed) =>
            ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [2], Epochs = 1, Seed = seed }).Fit(songs).Model;
        Assert.NotEqual(Of(new MlpOptions()), Of(new MlpOptions(), seed: 2)); // for the threads in use see ThreadsTests
        var (one, two) = (Trained(1), Trained(2));
        Assert.NotEqual(Of(new MlpOptions()), Of(new MlpOptions { StartFrom = one }));
        Assert.NotEqual(Of(new MlpOptions { StartFrom = two }), Of(new MlpOptions { StartFrom = one }));
        Assert.Equal(Of(new MlpOptions { StartFrom = one }), Of(new MlpOptions { StartFrom = one }));
    }

    private static NetworkOptions New(Type type) => (NetworkOptions)Activator.CreateInstance(type)!;

    private static string Of(NetworkOptions options, int seed = 1)
    {
        using var scope = torch.NewDisposeScope();
        using var network = new Mlp(InputShape.Vector(1), 2, [2], 0);
        using var data = new TrainingData(InputShape.Vector(1), 2, [1, 2], [1, 1], [0, 1], null, null, torch.CPU);
        return Fingerprint.Of(options, network, seed, data, [0, 1], null, []);
    }

    private static object Other(Type type, object? value) => value switch
    {
        string text => text + " other",
        int number => number + 1,
        double number => number + 0.125,
        bool flag => !flag,
        Enum name => Enum.GetValues(type).Cast<Enum>().First(other => !other.Equals(name)),
        IEnumerable<int> => new[] { 7 },
        LearningRateSchedule => LearningRateSchedule.OneCycle(),
        CancellationToken => new CancellationToken(true),
        null when type == typeof(string) => "other",
        null when type == typeof(int?) => 3,
        null when type == typeof(double?) => 0.5,
        null when type == typeof(IReadOnlyList<int>) => new[] { 7 },
        null when type == typeof(IProgress<EpochReport>) => new Progress<EpochReport>(),
        _ => throw new NotSupportedException($"Say here what another value of a {type} is."),
    };
}
