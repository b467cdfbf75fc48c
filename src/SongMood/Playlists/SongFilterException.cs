namespace SongMood.Playlists;

/// <summary>The text of a <see cref="SongFilter"/> cannot be read; the message says where, what was found and what was expected.</summary>
public sealed class SongFilterException : FormatException
{
    internal SongFilterException(int column, string found, string expected)
        : base($"column {column} of the filter: found {found}; expected {expected}.") => Column = column;

    /// <summary>Where in the text, in characters; the first is 1.</summary>
    public int Column { get; }
}
