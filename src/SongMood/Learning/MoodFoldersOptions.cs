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

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(FileNameSuffixes is null || FileNameSuffixes.All(suffix => suffix is ['.', _, ..]), nameof(FileNameSuffixes),
            $"[{string.Join(", ", FileNameSuffixes ?? [])}]", "ends of names with their point, such as .mp3");
        faults.Need(MinimumMoods >= 1, nameof(MinimumMoods), MinimumMoods, "at least 1");
        faults.ThrowIfAny(nameof(MoodFoldersOptions));
    }
}
