namespace SongMood.Audio;

/// <summary>What to read of an audio input, and how much it may cost.</summary>
public sealed class AudioReadOptions
{
    /// <summary>Where to begin. Default: the start.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.Zero;

    /// <summary>How much to read at most. Default: null, to the end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The most bytes an input may have. Default: 512 MiB.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>The longest audio to decode, so that a few bytes cannot fill the memory. Default: one hour.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most bytes a tag (ID3, APE) may claim. Default: 64 MiB.</summary>
    public int MaxTagBytes { get; init; } = 64 << 20;

    internal static AudioReadOptions Default { get; } = new();

    internal void Validate()
    {
        var faults = new List<string>();
        if (Offset < TimeSpan.Zero)
            faults.Add($"{nameof(Offset)} is {Offset}; it must be 0 or more");
        if (Duration <= TimeSpan.Zero)
            faults.Add($"{nameof(Duration)} is {Duration}; it must be more than 0, or null for all");
        if (MaxBytes is < 1 or > int.MaxValue)
            faults.Add($"{nameof(MaxBytes)} is {MaxBytes}; it must be from 1 to {int.MaxValue}");
        if (MaxDuration <= TimeSpan.Zero)
            faults.Add($"{nameof(MaxDuration)} is {MaxDuration}; it must be more than 0");
        if (MaxTagBytes < 0)
            faults.Add($"{nameof(MaxTagBytes)} is {MaxTagBytes}; it must be 0 or more");
        if (faults.Count > 0)
            throw new ArgumentException($"bad {nameof(AudioReadOptions)}: {string.Join("; ", faults)}");
    }
}
