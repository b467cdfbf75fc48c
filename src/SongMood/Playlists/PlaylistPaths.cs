namespace SongMood.Playlists;

/// <summary>How a playlist names its songs.</summary>
public enum PlaylistPaths
{
    /// <summary>
    /// From the playlist's folder on, with slashes: songs and lists can be moved together, or be copied to a player. A song on another
    /// drive has its full path all the same.
    /// </summary>
    Relative,

    /// <summary>By full paths: the list can be moved, the songs cannot.</summary>
    Absolute,
}
