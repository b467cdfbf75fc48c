using System.Globalization;
using System.Security.Cryptography;

namespace SongMood.Learning;

/// <summary>What it takes to measure the same again.</summary>
public sealed record EvaluationOrigin
{
    /// <summary>The version of SongMood.</summary>
    public static string Version => typeof(LabelledSongs).Assembly.GetName().Version!.ToString(3);

    /// <summary>Such as "songmood evaluate --data labels.csv --cross-validate 5, 2030-01-02, SongMood 0.1.0, seed 1".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Command}, {Started:yyyy-MM-dd}, SongMood {Version}, seed {Seed}");

    /// <summary>What was called, or the command line.</summary>
    public required string Command { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What the groups are called that must not be on both sides, such as "artist".</summary>
    public required string Group { get; init; }

    /// <summary>The seed of everything random, of the intervals too.</summary>
    public required int Seed { get; init; }

    /// <summary>The rest, by name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>
    /// The SHA-256 of the label file, which tells whether another one is the same; of nothing where there is no such file.
    /// </summary>
    public required string DataSha256 { get; init; }

    /// <summary>What readers of the report call the options; null for the library's names.</summary>
    internal IReadOnlyDictionary<Term, string>? Terms { get; init; }

    /// <summary>Made before the work, so that its date and its label file are the work's.</summary>
    internal static EvaluationOrigin Now(
        string command, string data, string group, int seed, IEnumerable<KeyValuePair<string, string>> settings, string? featureFile)
    {
        var all = new Dictionary<string, string>(settings) { ["data"] = data, ["group"] = group };
        if (featureFile is not null)
            all["features"] = featureFile;
        using var labels = File.Exists(data) ? File.OpenRead(data) : Stream.Null;
        return new EvaluationOrigin
        {
            Command = command,
            Started = DateTimeOffset.Now,
            Group = group,
            Seed = seed,
            Settings = all,
            DataSha256 = Convert.ToHexStringLower(SHA256.HashData(labels)),
        };
    }
}
