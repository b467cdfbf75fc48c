using SongMood.Playlists;
using SongMood.Reports;

namespace SongMood.Cli.Predict;

/// <summary>What came out for one song, and what becomes of it.</summary>
/// <param name="Song">The song.</param>
internal sealed record SongPrediction(PredictedSong Song)
{
    /// <summary>The song in a playlist; null where none was asked for.</summary>
    public PlaylistEntry? Entry { get; init; }

    /// <summary>Whether it is one of the songs that were asked for.</summary>
    public bool IsWanted { get; init; } = true;
}
