using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML;

namespace SongMood.Learning;

/// <summary>What the results of a sweep depend on, by name: where any of it is another, its journal is of no use.</summary>
internal static class SweepIdentity
{
    public static Dictionary<string, string> Of(MoodLearning learning, SweepPlan plan, MoodSweepOptions options)
    {
        var identity = new Dictionary<string, string>
        {
            ["SongMood"] = EvaluationOrigin.Version,
            ["strategy"] = options.Strategy.ToString().ToLowerInvariant(),
            ["rounds"] = string.Join(", ", plan.Rungs.Select(rung => $"{rung.Trials} for {rung.Epochs} epochs")),
        };
        foreach (var axis in plan.Space.Axes)
            identity[axis.Name] = axis.Text;
        foreach (var (name, value) in plan.Shared.Describe())
            identity.TryAdd(name, value);
        identity["measured by"] = options.HoldOut is { } share
            ? FormattableString.Invariant($"{share} held out") : $"{options.Folds} folds";
        identity["group"] = learning.Options.GroupName;
        identity["songs"] = Hash(learning.Songs);
        if (learning.Options.FeatureFile is { } path)
        {
            using var file = FeatureFile.Open(new MLContext(), path);
            identity["features"] = Hash(new { FrontEnd = file.Pipeline, file.Songs });
        }
        return identity;
    }

    /// <summary>The same for songs that are learnt from in the same way.</summary>
    public static string Hash(LabelledSongs songs) => Hash(songs.Songs.Select(song => new { song.Mood, song.Group, song.Features }));

    private static string Hash<T>(T value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))))[..16];
}
