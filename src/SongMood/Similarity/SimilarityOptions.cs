namespace SongMood.Similarity;

/// <summary>Which songs are looked for.</summary>
public sealed record SimilarityOptions
{
    /// <summary>How many songs at most, 1 or more. Default: 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Only songs of this mood, in any case. Default (null): of any.</summary>
    public string? Mood { get; init; }

    /// <summary>
    /// Only songs of this tempo or a faster one, beats a minute, 0 to 1000; songs without a tempo are left out. Default (null): of any.
    /// </summary>
    public double? MinimumTempoBpm { get; init; }

    /// <summary>
    /// Only songs of this tempo or a slower one, beats a minute, 0 to 1000; songs without a tempo are left out. Default (null): of any.
    /// </summary>
    public double? MaximumTempoBpm { get; init; }

    /// <summary>The name of a song to leave out, such as the one whose like is looked for. Default (null): none.</summary>
    public string? Except { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Count >= 1, nameof(Count), Count, "1 or more");
        faults.Need(MinimumTempoBpm is null or (>= 0 and <= 1000), nameof(MinimumTempoBpm), MinimumTempoBpm, "0 to 1000, or null");
        faults.Need(MaximumTempoBpm is null or (>= 0 and <= 1000), nameof(MaximumTempoBpm), MaximumTempoBpm, "0 to 1000, or null");
        faults.Need(!(MinimumTempoBpm > MaximumTempoBpm), nameof(MinimumTempoBpm), MinimumTempoBpm,
            FormattableString.Invariant($"at most {nameof(MaximumTempoBpm)}, {MaximumTempoBpm}"));
        faults.ThrowIfAny(nameof(SimilarityOptions));
    }

    internal bool Accepts(IndexedSong song) =>
        (Mood is null || string.Equals(song.Mood, Mood, StringComparison.OrdinalIgnoreCase))
        && (MinimumTempoBpm is null || (song.Features is { TempoBpm: > 0 } slow && slow.TempoBpm >= MinimumTempoBpm))
        && (MaximumTempoBpm is null || (song.Features is { TempoBpm: > 0 } fast && fast.TempoBpm <= MaximumTempoBpm))
        && (Except is null || song.Name != Except);
}
