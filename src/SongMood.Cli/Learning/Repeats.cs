using SongMood.Learning;

namespace SongMood.Cli.Learning;

/// <summary>Songs that a label file says twice: they would count double in training and in what is measured.</summary>
internal static class Repeats
{
    private const int Shown = 5;

    /// <summary>Leaves them out of a table of numbers and says which. What listens hears every row, as its feature file has them.</summary>
    public static LabelledSongs WithoutRepeats(this LabelledSongs songs, ToolConsole? console)
    {
        if (songs.FeatureColumns.Count == 0)
            return songs;
        var (once, repeats) = songs.WithoutRepeats();
        if (repeats.Count == 0)
            return songs;
        var shown = string.Join("; ", repeats.Take(Shown).Select(pair =>
            $"line {pair.Repeat.Line} says the song of line {pair.First.Line}{(pair.Repeat.Id is { } id ? $", id {id}" : "")}"));
        var more = repeats.Count > Shown ? $"; and {repeats.Count - Shown} more" : "";
        console?.Say($"Left out of {songs.File}: {repeats.Count} of {songs.Songs.Count} rows that say a song again ({shown}{more}).");
        return once;
    }
}
