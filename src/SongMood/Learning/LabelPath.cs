namespace SongMood.Learning;

/// <summary>The paths of songs as label files write them.</summary>
internal static class LabelPath
{
    /// <summary>When two full paths are one file.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>
    /// The full path of a song. A path that was written on Windows works everywhere: where no file has backslashes in its name, they are
    /// taken for slashes.
    /// </summary>
    public static string? Find(string folder, string? written)
    {
        if (written is null)
            return null;
        var path = Path.Combine(folder, written);
        if (written.Contains('\\') && !File.Exists(path))
            path = Path.Combine(folder, written.Replace('\\', '/'));
        return path.Contains('\0') ? path : Path.GetFullPath(path); // a path with a zero byte is none: it is left as it is, and not found
    }
}
