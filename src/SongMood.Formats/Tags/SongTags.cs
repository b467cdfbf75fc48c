using System.Globalization;
using System.Text.RegularExpressions;

namespace SongMood.Formats.Tags;

/// <summary>What can be written into a song's tags. What is null is left as it is.</summary>
public sealed partial record SongTags
{
    /// <summary>The mood, in words: TMOO and TXXX:MOOD in ID3v2, MOOD in Vorbis comments, MP4 and APE tags, WM/Mood in ASF.</summary>
    public string? Mood { get; init; }

    /// <summary>
    /// The tempo, beats a minute, 1 to 999: TBPM in ID3v2, BPM in Vorbis comments and APE tags, tmpo in MP4, WM/BeatsPerMinute in ASF.
    /// </summary>
    public int? TempoBpm { get; init; }

    /// <summary>
    /// The key, as ID3v2 has it: "A", "C#", "Bb", and "m" behind a minor one: TKEY in ID3v2, WM/InitialKey in ASF, INITIALKEY elsewhere.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Such as "mood calm, tempo 96, key Am"; "none of the tags" where all are null.</summary>
    public override string ToString()
    {
        var named = Enum.GetValues<TagField>().Where(field => Value(field) is not null)
            .Select(field => $"{field.ToString().ToLowerInvariant()} {Value(field)}").ToArray();
        return named.Length == 0 ? "none of the tags" : string.Join(", ", named);
    }

    internal string? Value(TagField field) => field switch
    {
        TagField.Mood => Mood,
        TagField.Tempo => TempoBpm?.ToString(CultureInfo.InvariantCulture),
        _ => Key,
    };

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Mood is null || (!string.IsNullOrWhiteSpace(Mood) && !Mood.Any(char.IsControl)), nameof(Mood), $"'{Mood}'",
            "text without control characters, or null");
        faults.Need(TempoBpm is null or (>= 1 and <= 999), nameof(TempoBpm), TempoBpm, "1 to 999, or null");
        faults.Need(Key is null || KeyName().IsMatch(Key), nameof(Key), $"'{Key}'", "a key such as A, C#m or Bb, or null");
        faults.ThrowIfAny(nameof(SongTags));
    }

    [GeneratedRegex("^[A-G][#b]?m?$")]
    private static partial Regex KeyName();
}

/// <summary>The tags that are written.</summary>
internal enum TagField
{
    Mood,
    Tempo,
    Key,
}
