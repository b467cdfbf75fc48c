namespace SongMood.Learning;

/// <summary>What <see cref="LabelledSongs.WithoutRepeats"/> keeps and leaves out.</summary>
/// <param name="Songs">The songs that stay, in the order of the label file; their remarks say what was left out.</param>
/// <param name="Repeats">The songs that are left out, in the order of the label file.</param>
public sealed record SongsWithoutRepeats(LabelledSongs Songs, IReadOnlyList<RepeatedSong> Repeats)
{
    /// <summary>Such as "1042 songs of the moods calm, sad (labels.csv), 1 repeat left out".</summary>
    public override string ToString() => $"{Songs}, {Plural.Of(Repeats.Count, "repeat")} left out";
}

/// <summary>A song that a label file says again.</summary>
/// <param name="Repeat">The row that says it again.</param>
/// <param name="First">The row that says it first.</param>
public sealed record RepeatedSong(LabelledSong Repeat, LabelledSong First)
{
    private const int Shown = 5;

    /// <summary>Such as "line 753 says the song of line 179, id 1ZMi".</summary>
    public override string ToString() =>
        $"line {Repeat.Line} says the song of line {First.Line}{(Repeat.Id is { } id ? $", id {id}" : "")}";

    /// <summary>What is left out, for people: a sentence, or none where nothing is.</summary>
    internal static IEnumerable<string> Remarks(IReadOnlyList<RepeatedSong> repeats, int rowCount)
    {
        if (repeats.Count == 0)
            yield break;
        var shown = string.Join("; ", repeats.Take(Shown));
        var more = repeats.Count > Shown ? $"; and {repeats.Count - Shown} more" : "";
        yield return $"Rows that say a song again are left out: {repeats.Count} of {rowCount} ({shown}{more}).";
    }
}
