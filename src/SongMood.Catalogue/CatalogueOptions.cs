using Microsoft.Extensions.Logging;

namespace SongMood.Catalogue;

/// <summary>What a <see cref="CatalogueRun"/> tells of each song, and how it goes through them.</summary>
public sealed record CatalogueOptions
{
    /// <summary>The model zip. Default (null): the pretrained model.</summary>
    public string? ModelPath { get; init; }

    /// <summary>The part of the songs that is heard, into a file of its own. Default (null): all, into the file itself.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Songs that are heard at once, each on a core, 1 or more; the results are the same for any number. Default (null): all
    /// cores.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Whether to tell tempo, key, loudness and so on, which takes about as long again as the mood by the pretrained model. Default: true.
    /// </summary>
    public bool WithFeatures { get; init; } = true;

    /// <summary>Whether to keep the numbers by which songs are compared. Default: false.</summary>
    public bool WithEmbedding { get; init; }

    /// <summary>Whether to keep all music descriptors (docs/descriptors.md), for which a song is decoded once more. Default:
    /// false.</summary>
    public bool WithDescriptors { get; init; }

    /// <summary>The longest audio that is listened to; longer audio is an error of its row. Default: 10 hours.</summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(10);

    /// <summary>The score below which a prediction is unsure, 0 to 1. Default (null): as the model says.</summary>
    public double? UnsureBelow { get; init; }

    /// <summary>
    /// How long a song may be heard, more than 0: longer, and its process is ended, the song is an error, and the others go on. A library
    /// that hangs in one file costs no more than that; a song of ten hours takes some minutes. Default: 1 hour; null for no limit.
    /// </summary>
    public TimeSpan? SongTimeLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether songs that failed before are tried again, though their files have not changed. Default: false.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>
    /// Told as it happens of each song that has an error and of each process that died (warnings), and at the end of the file
    /// (information). Default (null): nobody.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>Whether the rows are to become a <see cref="Similarity.SongIndex"/>.</summary>
    internal bool IsForIndex { get; init; }

    /// <summary>Where the time of songs comes from.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Threads is null or >= 1, nameof(Threads), Threads, "1 or more, or null");
        faults.Need(MaximumDuration > TimeSpan.Zero, nameof(MaximumDuration), MaximumDuration, "more than 0");
        faults.Need(UnsureBelow is null or (>= 0 and <= 1), nameof(UnsureBelow), UnsureBelow, "0 to 1, or null");
        faults.Need(SongTimeLimit is null || SongTimeLimit > TimeSpan.Zero, nameof(SongTimeLimit), SongTimeLimit, "more than 0, or null");
        faults.Need(Shard is null or { Count: >= 1 }, nameof(Shard), Shard, "a number from 1 and a count");
        faults.ThrowIfAny(nameof(CatalogueOptions));
    }
}
