using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>
/// Errors about one song: they name its line in the label file or, where it lies in a mood's folder and has none, its file.
/// </summary>
internal static class SongFault
{
    /// <param name="source">The label file or the folder.</param>
    /// <param name="song">The song.</param>
    /// <param name="column">The column at fault, where there is a label file.</param>
    /// <param name="problem">What was found, what was expected and what to do.</param>
    /// <param name="inner">The error behind this one.</param>
    public static LabelledDataException Of(string source, LabelledSong song, string column, string problem, Exception? inner = null)
    {
        if (song.Line is not null)
            return new LabelledDataException(source, song.Line, column, problem, inner);
        var isNamed = song.AudioPath is null || problem.Contains(song.AudioPath, StringComparison.Ordinal);
        return new LabelledDataException(source, null, null, isNamed ? problem : $"{song.AudioPath}: {problem}", inner);
    }

    /// <exception cref="LabelledDataException">A song names no audio file.</exception>
    public static void RequireAudioPaths(LabelledSongs songs)
    {
        if (songs.Songs.FirstOrDefault(song => song.AudioPath is null) is { } silent)
            throw Of(songs.File, silent, "path", "the cell is empty. Fill it or remove the row.");
    }

    /// <summary>The audio of a song cannot be used.</summary>
    public static LabelledDataException Unreadable(string source, LabelledSong song, Exception error) => Of(source, song, "path",
        $"{ErrorText.Of(error is RowException row ? row.Cause : error.GetBaseException()).TrimEnd('.')}. Mend the file or remove "
        + $"{(song.Line is null ? "it" : "the row")}.", error);

    /// <summary>Where a song is in its label file or folder, for a list of songs.</summary>
    public static string PlaceOf(LabelledSong song) => song.Line is { } line ? $"line {line}" : song.AudioPath!;
}
