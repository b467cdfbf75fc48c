using SongMood.Audio;

namespace SongMood.Playlists;

/// <summary>A song of a playlist.</summary>
/// <param name="Path">The song's file.</param>
public sealed record PlaylistEntry(string Path)
{
    /// <summary>What players show, such as "Artist - Title". Default (null): the file's name without its suffix.</summary>
    public string? Title { get; init; }

    /// <summary>How long the song lasts. Default (null): unknown.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Such as "The Ones - One, 3:20 (music/one.mp3)", as far as it is known.</summary>
    public override string ToString()
    {
        var duration = Duration is { } time ? $"{(long)time.TotalMinutes}:{time.Seconds:00}" : null;
        var known = string.Join(", ", new[] { Title, duration }.OfType<string>());
        return known.Length == 0 ? Path : $"{known} ({Path})";
    }

    /// <summary>An entry with the title and duration that <see cref="AudioFile.Probe(string, AudioReadOptions?)"/> finds.</summary>
    /// <param name="path">The song's file.</param>
    /// <exception cref="AudioFormatException">The file is missing, or is no audio that we read.</exception>
    public static PlaylistEntry Read(string path) => Of(path, AudioFile.Probe(path));

    /// <summary>An entry of a song whose file told of itself already.</summary>
    internal static PlaylistEntry Of(string path, AudioInfo info)
    {
        var name = string.Join(" - ", new[] { info.Artist, info.Title }.Where(text => !string.IsNullOrWhiteSpace(text)));
        return new PlaylistEntry(path) { Title = string.IsNullOrWhiteSpace(info.Title) ? null : name, Duration = info.Duration };
    }

    /// <summary>Why no playlist can name the song; null where one can.</summary>
    internal string? Obstacle =>
        Path.AsSpan().IndexOfAny('\r', '\n') >= 0 ? "its name has a line break, which ends an entry"
        : Path.Contains('\uFFFD') && !File.Exists(Path) ? "its name is not UTF-8, which a playlist is" : null;
}
