using SongMood.Audio;

namespace SongMood.Learning;

/// <summary>Says what lies in folders and is not read.</summary>
internal static class PassedOver
{
    private const int Shown = 5;

    /// <summary>A sentence for each kind of thing that was passed over in these folders.</summary>
    public static IEnumerable<string> Remarks(params IReadOnlyList<AudioFolder> folders)
    {
        var counts = Sum(folders);
        if (counts.Count > 0)
            yield return "Passed over: "
                + Plural.Of(counts.Values.Sum(), "file that is no song by its name", "files that are no songs by their names")
                + $" ({Counts(counts)}).{Advice(counts.Keys)}";
        string[] special = [.. folders.SelectMany(folder => folder.PipesAndDevices)];
        if (special.Length > 0)
            yield return $"Passed over: {Plural.Of(special.Length, "pipe or device", "pipes and devices")} ({List(special)}).";
        string[] unreadable = [.. folders.SelectMany(folder => folder.UnreadableFolders)];
        if (unreadable.Length > 0)
            yield return $"Passed over: {Plural.Of(unreadable.Length, "folder whose name is", "folders whose names are")} not UTF-8, so "
                + $"that .NET cannot open {Plural.Word(unreadable.Length, "it", "them")} ({List(unreadable)}). Rename "
                + $"{Plural.Word(unreadable.Length, "it", "them")}.";
    }

    /// <summary>How many files there are, by suffix, in ordinal order.</summary>
    public static IReadOnlyDictionary<string, int> Sum(params IReadOnlyList<AudioFolder> folders) =>
        folders.SelectMany(folder => folder.PassedOver).GroupBy(pair => pair.Key, pair => pair.Value)
            .OrderBy(pairs => pairs.Key, StringComparer.Ordinal).ToDictionary(pairs => pairs.Key, pairs => pairs.Sum());

    /// <summary>Such as "3 .wma, 1 without a suffix".</summary>
    public static string Counts(IReadOnlyDictionary<string, int> bySuffix) =>
        string.Join(", ", bySuffix.Select(pair => $"{pair.Value} {(pair.Key.Length == 0 ? "without a suffix" : pair.Key)}"));

    /// <summary>What reads other formats; empty where there are none.</summary>
    public static string Advice(IEnumerable<string> suffixes) =>
        suffixes.FirstOrDefault(ForeignContent.FileNameSuffixes.Contains) is { } suffix
        ? $" Other formats are read once they are WAV or FLAC, such as by 'ffmpeg -i song{suffix} song.flac'." : "";

    private static string List(string[] paths) =>
        string.Join(", ", paths.Take(Shown)) + (paths.Length > Shown ? $" and {paths.Length - Shown} more" : "");
}
