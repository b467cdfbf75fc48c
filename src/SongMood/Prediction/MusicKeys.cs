namespace SongMood.Prediction;

/// <summary>Names of the twelve tonics.</summary>
internal static class MusicKeys
{
    /// <summary>As <see cref="MusicFeatures.Key"/> names them, from C in semitones.</summary>
    public static readonly string[] Tonics = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    /// <summary>The same keys by their other names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Flats = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Db"] = "C#",
        ["Eb"] = "D#",
        ["Gb"] = "F#",
        ["Ab"] = "G#",
        ["Bb"] = "A#",
    };
}
