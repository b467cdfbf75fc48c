using System.ComponentModel.DataAnnotations;

namespace MoodPage;

/// <summary>
/// What the page takes of whom, so that nobody can fill its memory or keep it busy: the section <c>MoodPage</c> of the settings.
/// </summary>
public sealed record PageLimits
{
    /// <summary>The largest file, in MiB. Default: 40.</summary>
    [Range(1, 500)]
    public int MaximumSongMegabytes { get; init; } = 40;

    /// <summary>The longest song, in minutes. Default: 15.</summary>
    [Range(1, 600)]
    public int MaximumSongMinutes { get; init; } = 15;

    /// <summary>The most songs of one drop. Default: 20.</summary>
    [Range(1, 100)]
    public int SongsOfADrop { get; init; } = 20;

    /// <summary>
    /// How many songs of one visitor are heard in a minute; so many may also come at once. A visitor is an IPv4 address, or 64 bits of an
    /// IPv6 one, which is what one household has. Default: 30.
    /// </summary>
    [Range(1, 10_000)]
    public int SongsPerMinute { get; init; } = 30;

    /// <summary>How long one song may be decoded and listened to, in seconds. Default: 60.</summary>
    [Range(1, 3600)]
    public int HearingSeconds { get; init; } = 60;

    /// <summary>How long all songs of one request may take to arrive and to be heard, in seconds. Default: 600.</summary>
    [Range(1, 3600)]
    public int RequestSeconds { get; init; } = 600;

    /// <summary>How many songs are heard side by side. Default: one a processor.</summary>
    [Range(1, 1000)]
    public int HeardAtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>How many requests hold a song in memory; with the size of a song it bounds the memory. Default: 8.</summary>
    [Range(1, 1000)]
    public int UploadsAtOnce { get; init; } = 8;

    /// <summary>How many requests of one visitor are taken side by side; as many again, and no more, wait. Default: 2.</summary>
    [Range(1, 100)]
    public int UploadsOfAVisitor { get; init; } = 2;

    /// <summary>How many requests wait for others; more are asked to come back. Default: 32.</summary>
    [Range(0, 10_000)]
    public int UploadsWaiting { get; init; } = 32;

    /// <summary>The most connections. Default: 200.</summary>
    [Range(1, 100_000)]
    public int MaximumConnections { get; init; } = 200;

    /// <summary>How many visits are remembered, the songs of each to be compared with later ones. Default: 1000.</summary>
    [Range(1, 100_000)]
    public int VisitsRemembered { get; init; } = 1000;

    /// <summary>How many songs of a visit are remembered, the last ones. Default: 100.</summary>
    [Range(1, 4096)]
    public int SongsRemembered { get; init; } = 100;

    /// <summary>After how many minutes without a song a visit is forgotten. Default: 30.</summary>
    [Range(1, 1440)]
    public int VisitMinutes { get; init; } = 30;

    /// <summary>A model zip to tell the moods by. Default (null): the model that comes with SongMood.</summary>
    public string? Model { get; init; }

    internal long MaximumSongBytes => (long)MaximumSongMegabytes << 20;

    /// <summary>Room for a drop of the largest songs, with what a form says around each.</summary>
    internal long MaximumRequestBytes => SongsOfADrop * (MaximumSongBytes + (64 << 10));

    internal TimeSpan MaximumDuration => TimeSpan.FromMinutes(MaximumSongMinutes);
}
