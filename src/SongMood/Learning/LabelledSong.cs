namespace SongMood.Learning;

/// <summary>A song of a label file or a folder: where it is and what a person said about its mood.</summary>
public sealed record LabelledSong
{
    /// <summary>The full path of the audio file; null where the label file names none.</summary>
    public string? AudioPath { get; init; }

    /// <summary>
    /// The label, in the one spelling that is kept of it. Any text is a mood: nothing here is tied to a fixed set. Empty for a row of a
    /// table without moods (<see cref="NumericModel.ReadTable"/>).
    /// </summary>
    public required string Mood { get; init; }

    /// <summary>
    /// What must not be on both sides of a split, such as the artist, as it is written; null where it is not known.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>
    /// The numeric columns that were asked for, in the order of <see cref="LabelledSongsOptions.FeatureColumns"/>; empty where there are
    /// none.
    /// </summary>
    public float[] Features { get; init; } = [];

    /// <summary>The line of the label file on which the row starts, from 1; null for a song of a folder.</summary>
    public int? Line { get; init; }

    /// <summary>The cell of the <c>title</c> column, or of <c>name</c> where there is none; null where it is not known.</summary>
    public string? Title { get; init; }

    /// <summary>The cell of the <c>artist</c> column, whatever the group is; null where it is not known.</summary>
    public string? Artist { get; init; }

    /// <summary>
    /// The cell of <see cref="LabelledSongsOptions.IdColumn"/>, which tells whether two rows are one song; null where it is not known.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Such as "music/song.mp3: calm".</summary>
    public override string ToString() => $"{AudioPath ?? Id ?? Title ?? (Line is { } line ? $"line {line}" : "a song")}: {Mood}";
}
