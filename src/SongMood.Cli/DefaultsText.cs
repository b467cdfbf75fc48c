using System.Globalization;
using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>The networks' own defaults, for help: read off what they are trained with, so that help cannot tell others.</summary>
internal static class DefaultsText
{
    private static readonly SongInput[] Inputs = [SongInput.Descriptors, SongInput.Embedding, SongInput.Columns, SongInput.Mel];

    private static readonly MoodLearningOptions[] All =
    [
        .. from input in Inputs
           from kind in Enum.GetValues<NetworkKind>()
           where kind.IsSequence() == (input == SongInput.Mel)
           select NetworkDefaults.Of(input, kind),
    ];

    public static string Epochs => Describe(network => $"{network.Epochs}");

    public static string BatchSize => Describe(network => $"{network.BatchSize}");

    public static string LearningRate => Describe(network => Number(network.LearningRate));

    public static string WeightDecay => Describe(network => Number(network.Network.WeightDecay));

    public static string CropFrames => Describe(network => Number(network.Network.CropFrames));

    public static string Layers => Describe(network => Number(network.Network.Layers));

    public static string Dropout => Describe(network => Number(network.Network.Dropout));

    public static string Hidden => Describe(network => network.Network.Hidden is { Count: > 0 } sizes ? string.Join(',', sizes) : null);

    /// <summary>Such as "Default: 100 (mlp over columns, lstm), 30 (mlp over descriptors).".</summary>
    private static string Describe(Func<MoodLearningOptions, string?> value)
    {
        var groups = All.GroupBy(value).Where(group => group.Key is not null).ToArray();
        var values = groups.Select(group => groups.Length == 1 ? group.Key : $"{group.Key} ({string.Join(", ", Names([.. group]))})");
        return $"Default: {string.Join(", ", values)}.";
    }

    private static IEnumerable<string> Names(MoodLearningOptions[] group)
    {
        foreach (var kind in group.Select(KindOf).Distinct())
        {
            var ofKind = group.Where(network => KindOf(network) == kind).ToArray();
            if (ofKind.Length == All.Count(network => KindOf(network) == kind))
                yield return kind.Name();
            else
                foreach (var network in ofKind)
                    yield return $"{kind.Name()} over {network.Inputs.ToString().ToLowerInvariant()}";
        }
    }

    private static NetworkKind KindOf(MoodLearningOptions network) => network.Network.Kind!.Value;

    private static string? Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}
