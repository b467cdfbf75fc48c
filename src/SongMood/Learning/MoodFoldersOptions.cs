namespace SongMood.Learning;

/// <summary>What <see cref="LabelledSongs.FromFolders"/> expects of a folder.</summary>
public sealed record MoodFoldersOptions
{
    /// <summary>
    /// The ends of the names of songs, with the point, in any case. Default: null, what <see cref="Audio.AudioFile"/> reads
    /// (<see cref="Audio.AudioFile.FileNameSuffixes"/>).
    /// </summary>
    public IReadOnlyList<string>? FileNameSuffixes { get; init; }

    /// <summary>The fewest different moods that there must be: 2 to train, 1 to measure a finished model. Default: 2.</summary>
    public int MinimumMoods { get; init; } = 2;
}
