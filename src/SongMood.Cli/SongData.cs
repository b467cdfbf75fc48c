using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>What --data names: a label file, or a folder with a folder of songs for each mood.</summary>
internal static class SongData
{
    /// <summary>Such as "600 songs of the moods happy, sad".</summary>
    public static string Describe(LabelledSongs songs) =>
        $"{Plural.Of(songs.Songs.Count, "song")} of the moods {string.Join(", ", songs.Moods)}";

    /// <exception cref="ArgumentException">A folder is named, and the options ask for what only a label file has.</exception>
    public static LabelledSongs Read(string data, LabelledSongsOptions options)
    {
        if (!Directory.Exists(data))
            return LabelledSongs.Read(data, options);
        if (options.FeatureColumns.Count > 0)
            throw new ArgumentException(
                $"{data} is a folder, which has no columns; expected a label file with the columns "
                + $"{string.Join(", ", options.FeatureColumns)}.");
        if (options.GroupColumn != new LabelledSongsOptions().GroupColumn)
            throw new ArgumentException($"--group {options.GroupColumn} names a column of a label file, but {data} is a folder. "
                + "There, the songs of one folder within a mood's folder are a group: leave --group out.");
        return LabelledSongs.FromFolders(data, new MoodFoldersOptions { MinimumMoods = options.MinimumMoods });
    }
}
