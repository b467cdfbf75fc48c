using System.Text.Json;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>What one row predicted in one split, and what led to it. A finished one is not computed again.</summary>
/// <param name="Settings">The row's settings.</param>
/// <param name="Data">The data's fingerprint.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Songs">The songs of the test part.</param>
/// <param name="Probabilities">The probability of each mood for each of these songs.</param>
/// <param name="Seconds">How long fitting and scoring took.</param>
internal sealed record ResultFile(string Settings, string Data, int Seed, int[] Songs, float[][] Probabilities, double Seconds)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ResultFile? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Options) : null;

    public bool IsOf(ResultFile wanted) =>
        Settings == wanted.Settings && Data == wanted.Data && Seed == wanted.Seed && Songs.SequenceEqual(wanted.Songs);

    /// <summary>Under another name first: a killed run leaves no half file.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Options));
}
