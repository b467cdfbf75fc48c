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

    /// <summary>Adds that there is no such song: where it was looked for, and what was written if that looks otherwise.</summary>
    /// <param name="faults">Where it is added.</param>
    /// <param name="line">The line that names it.</param>
    /// <param name="column">The column that names it, or null.</param>
    /// <param name="found">What <see cref="Find"/> made of it.</param>
    /// <param name="written">The path as it stands in the file.</param>
    /// <param name="file">What it stands in, as people call it.</param>
    /// <param name="list">The name of the list that it is in, where songs come in lists.</param>
    public static void AddMissing(
        LabelFaults faults, int line, string? column, string? found, string? written, string file, string? list = null)
    {
        var isPlain = written is null || found is null || found.EndsWith(written, StringComparison.Ordinal);
        faults.Add(line, column, $"there is no file {found}{(isPlain ? "" : $" (written as {written})")}",
            IsOfADrive(written) && !OperatingSystem.IsWindows()
                ? $"Drives such as {written![..2]} are on Windows alone. Write where the songs are on this system, or paths relative to "
                    + $"the {file}'s folder."
                : $"Paths are relative to the {file}'s folder.", list: list);
    }

    private static bool IsOfADrive(string? written) =>
        written is [var letter, ':', '\\' or '/', ..] && char.IsAsciiLetter(letter);
}
