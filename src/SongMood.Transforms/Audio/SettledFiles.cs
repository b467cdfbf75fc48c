namespace SongMood.Audio;

/// <summary>By what it is seen that a file has changed.</summary>
internal readonly record struct FileStamp(long Length, DateTime LastWriteTimeUtc)
{
    /// <summary>That of a file, or of the one that a link leads to; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(AtomicFile.LinkedFrom(path));
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}

/// <summary>Tells which files have come to rest, from one look at them to the next.</summary>
internal sealed class SettledFiles(TimeSpan settleTime)
{
    private readonly Dictionary<string, FileStamp> _given = [];
    private Dictionary<string, (FileStamp Stamp, TimeSpan Since)> _moving = [];

    /// <param name="files">All files that are there now.</param>
    /// <param name="now">When, on a clock that only goes on.</param>
    public AudioFolderChange Look(IEnumerable<(string Path, FileStamp Stamp)> files, TimeSpan now)
    {
        var ready = new List<string>();
        var moving = new Dictionary<string, (FileStamp Stamp, TimeSpan Since)>();
        var seen = new HashSet<string>();
        foreach (var (path, stamp) in files)
        {
            if (!seen.Add(path) || (_given.TryGetValue(path, out var given) && given == stamp))
                continue; // folders may lie in one another
            var since = _moving.TryGetValue(path, out var before) && before.Stamp == stamp ? before.Since : now;
            if (now - since < settleTime)
                moving[path] = (stamp, since);
            else
            {
                ready.Add(path);
                _given[path] = stamp;
            }
        }
        string[] gone = [.. _given.Keys.Where(path => !seen.Contains(path))];
        foreach (var path in gone)
            _given.Remove(path);
        _moving = moving;
        return new AudioFolderChange(ready, gone);
    }
}
