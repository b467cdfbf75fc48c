using SongMood.Learning;

namespace SongMood.Cli.Learning;

/// <summary>Songs that a label file says twice: they would count double in training and in what is measured.</summary>
internal static class Repeats
{
    /// <summary>Leaves them out of a table of numbers, and says all that a person should know of how the songs were read.</summary>
    public static LabelledSongs WithoutRepeats(this LabelledSongs songs, ToolConsole? console)
    {
        var once = songs.FeatureColumns.Count == 0 ? songs : songs.WithoutRepeats().Songs;
        foreach (var remark in once.Remarks)
            console?.Say($"{once.File}: {remark}");
        return once;
    }
}
