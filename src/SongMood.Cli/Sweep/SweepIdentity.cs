using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using SongMood.Cli.Learning;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>What the results of a sweep depend on, by name: where any of it is another, its journal is of no use.</summary>
internal static class SweepIdentity
{
    public static Dictionary<string, string> Of(SweepJob job, LabelledSongs songs, SweepSpace space, string strategy, IReadOnlyList<Rung> rungs)
    {
        var identity = new Dictionary<string, string>
        {
            ["SongMood"] = typeof(SweepIdentity).Assembly.GetName().Version!.ToString(3),
            ["strategy"] = strategy,
            ["rounds"] = string.Join(", ", rungs.Select(rung => $"{rung.Trials} for {rung.Epochs} epochs")),
        };
        foreach (var axis in space.Axes)
            identity[axis.Name] = axis.Text;
        foreach (var (name, value) in job.Baseline.Describe())
            identity.TryAdd(name, value);
        identity["measured by"] = job.Folds is { } folds ? $"{folds} folds" : FormattableString.Invariant($"{job.HoldOut} held out");
        identity["group"] = job.Group;
        identity["songs"] = Hash(songs.Songs.Select(song => new { song.Mood, song.Group, song.Features }));
        if (job.Features is { } path)
        {
            using var file = FeatureFile.Open(new MLContext(), path);
            identity["features"] = Hash(new { file.FrontEnd, file.Songs });
        }
        return identity;
    }

    private static string Hash<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value))))[..16];
}
