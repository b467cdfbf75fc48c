namespace SongMood.Learning;

/// <summary>What <see cref="LabelledSongs.WithoutRepeats"/> keeps and leaves out.</summary>
/// <param name="Songs">The songs that stay, in the order of the label file.</param>
/// <param name="Repeats">The songs that are left out, in the order of the label file.</param>
public sealed record SongsWithoutRepeats(LabelledSongs Songs, IReadOnlyList<RepeatedSong> Repeats);

/// <summary>A song that a label file says again.</summary>
/// <param name="Repeat">The row that says it again.</param>
/// <param name="First">The row that says it first.</param>
public sealed record RepeatedSong(LabelledSong Repeat, LabelledSong First);
