namespace SongMood.Audio;

/// <summary>How <see cref="AudioFolderWatch"/> looks for songs.</summary>
public sealed record AudioFolderWatchOptions
{
    /// <summary>
    /// How long a song must stay as it is before it is given, and the shortest time between two looks; more than 0, a day at most.
    /// Default: 2 seconds.
    /// </summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Ends of the names of songs, with the point. Default (null): <see cref="AudioFile.FileNameSuffixes"/>.</summary>
    public IReadOnlyList<string>? FileNameSuffixes { get; init; }

    /// <summary>Whether to look in sub-folders, in all depths. Default: true.</summary>
    public bool Recurse { get; init; } = true;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(SettleTime > TimeSpan.Zero && SettleTime <= TimeSpan.FromDays(1), nameof(SettleTime), SettleTime,
            "more than 0, a day at most");
        faults.NeedAll(FileNameSuffixes, nameof(FileNameSuffixes));
        faults.ThrowIfAny(nameof(AudioFolderWatchOptions));
    }
}
