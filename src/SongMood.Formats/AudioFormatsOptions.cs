namespace SongMood.Formats;

/// <summary>What reads formats that have no managed decoder.</summary>
public sealed record AudioFormatsOptions
{
    /// <summary>Whether the user's own ffmpeg is run for formats that have no managed decoder. Default: false.</summary>
    public bool UseFfmpeg { get; init; }

    /// <summary>The program: a path, or a name that is looked for on the PATH. Default: "ffmpeg".</summary>
    public string FfmpegPath { get; init; } = "ffmpeg";

    /// <summary>How long one run of it may take; then it is ended. Default: 5 minutes.</summary>
    public TimeSpan FfmpegTimeout { get; init; } = TimeSpan.FromMinutes(5);

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(!string.IsNullOrWhiteSpace(FfmpegPath), nameof(FfmpegPath), FfmpegPath, "a program's path or name");
        faults.Need(FfmpegTimeout > TimeSpan.Zero && FfmpegTimeout.TotalMilliseconds < int.MaxValue, nameof(FfmpegTimeout), FfmpegTimeout,
            "more than 0 and less than 24 days");
        faults.ThrowIfAny(nameof(AudioFormatsOptions));
    }
}
