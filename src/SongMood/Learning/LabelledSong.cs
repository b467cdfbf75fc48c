namespace SongMood.Learning;

/// <summary>A song of a label file or a folder: where it is and what a person said about its mood.</summary>
/// <param name="AudioPath">The full path of the audio file, or null where the label file names none.</param>
/// <param name="Mood">The label in the spelling that stays of it. Any text is a mood: nothing here is tied to a fixed set.</param>
/// <param name="Group">
/// What must not stand on both sides of a split, such as the artist, as it is written; null where it is not known.
/// </param>
/// <param name="Features">The numeric columns that were asked for, in the order in which they were asked for.</param>
/// <param name="Line">The 1-based line of the label file on which the row starts; null for a song of a folder.</param>
public sealed record LabelledSong(string? AudioPath, string Mood, string? Group, float[] Features, int? Line)
{
    /// <summary>The cell of the <c>title</c> column, or of <c>name</c> where there is none; null where it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>The cell of the <c>artist</c> column, whatever the group is; null where it is not known.</summary>
    public string? Artist { get; init; }

    /// <summary>
    /// The cell of <see cref="LabelledSongsOptions.IdColumn"/>, which tells whether two rows are one song; null where it is not known.
    /// </summary>
    public string? Id { get; init; }
}
