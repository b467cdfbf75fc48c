using System.Formats.Tar;

namespace SongMood;

/// <summary>Names on Unix that are no files: reading a pipe nobody writes to waits for ever, and a device may have no end.</summary>
internal static class SpecialFile
{
    /// <summary>
    /// What the path names, such as "a named pipe (FIFO)"; null for a file, for nothing at all, and for a pipe that is open already.
    /// </summary>
    public static string? Describe(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        try
        {
            var file = new FileInfo(path);
            file = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            // Pipes and devices have no length: all others are known by theirs. What a shell makes of <(...) links to no path that exists.
            return !file.Exists || file.Length > 0 ? null : TypeOf(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // opening it will say what is wrong
        }
    }

    /// <summary>What is wrong with the path as that of a file to read; null where it may be read.</summary>
    public static string? Fault(string path) =>
        Describe(path) is { } special ? $"this is {special}, which may never end; a file was expected" : null;

    /// <summary>.NET tells the type of a file only in the header that it writes for an archive; it opens regular files alone.</summary>
    private static string? TypeOf(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
            writer.WriteEntry(path, "file");
        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()!.EntryType switch
        {
            TarEntryType.Fifo => "a named pipe (FIFO)",
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "a device",
            _ => null,
        };
    }
}
