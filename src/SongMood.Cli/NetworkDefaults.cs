using System.Globalization;
using SongMood.Learning;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Cli;

/// <summary>
/// The networks' own defaults, for help: read off the options that they are trained with, so that help cannot tell others.
/// </summary>
internal static class NetworkDefaults
{
    private static readonly SongInput[] Inputs = [SongInput.Descriptors, SongInput.Embedding, SongInput.Columns, SongInput.Mel];

    private static readonly (SongInput Input, NetworkKind Kind, NetworkOptions Options)[] All =
    [
        .. from input in Inputs
           from kind in Enum.GetValues<NetworkKind>()
           where kind.IsSequence() == (input == SongInput.Mel)
           select (input, kind,
               NetworkRecipe.Networks(new MoodLearningOptions { Inputs = input, Network = new NetworkChoice { Kind = kind } })[0].Options),
    ];

    public static string Epochs => Describe(options => $"{options.Epochs}");

    public static string BatchSize => Describe(options => $"{options.BatchSize}");

    public static string LearningRate => Describe(options => Number(options.LearningRate));

    public static string WeightDecay => Describe(options => Number(options.WeightDecay));

    public static string CropFrames => Describe(options => options is SequenceOptions { CropFrames: { } frames } ? $"{frames}" : null);

    public static string Layers => Describe(options => options switch
    {
        RecurrentOptions recurrent => $"{recurrent.Layers}",
        AttentionOptions attention => $"{attention.Blocks}",
        _ => null,
    });

    public static string Dropout => Describe(options => options switch
    {
        MlpOptions mlp => Number(mlp.Dropout),
        CnnOptions cnn => Number(cnn.Dropout),
        RecurrentOptions recurrent => Number(recurrent.Dropout),
        CrnnOptions crnn => Number(crnn.Dropout),
        AttentionOptions attention => Number(attention.Dropout),
        _ => null,
    });

    public static string Hidden => Describe(options => options switch
    {
        MlpOptions mlp => Sizes(mlp.SizesInForm()),
        CnnOptions cnn => Sizes(cnn.Channels),
        RecurrentOptions recurrent => Sizes([recurrent.HiddenSize, .. recurrent.LinearSizes]),
        CrnnOptions crnn => Sizes([crnn.HiddenSize, crnn.EmbeddingSize]),
        AttentionOptions attention => Sizes(attention.Channels),
        _ => null,
    });

    /// <summary>Such as "Default: 100 (mlp over columns, lstm), 30 (mlp over descriptors).".</summary>
    private static string Describe(Func<NetworkOptions, string?> value)
    {
        var groups = All.GroupBy(network => value(network.Options), network => (network.Input, network.Kind))
            .Where(group => group.Key is not null).ToArray();
        var values = groups.Select(group => groups.Length == 1 ? group.Key : $"{group.Key} ({string.Join(", ", Names([.. group]))})");
        return $"Default: {string.Join(", ", values)}.";
    }

    private static IEnumerable<string> Names((SongInput Input, NetworkKind Kind)[] group)
    {
        foreach (var kind in group.Select(network => network.Kind).Distinct())
        {
            var inputs = group.Where(network => network.Kind == kind).Select(network => network.Input).ToArray();
            var isWhole = inputs.Length == All.Count(network => network.Kind == kind);
            if (isWhole)
                yield return kind.Name();
            else
                foreach (var input in inputs)
                    yield return $"{kind.Name()} over {input.ToString().ToLowerInvariant()}";
        }
    }

    private static string Sizes(IReadOnlyList<int> sizes) => string.Join(',', sizes);

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
