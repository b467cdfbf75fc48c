using System.Text;

namespace SongMood;

/// <summary>
/// Writes a file under a temporary name beside its place and moves it there, so that whoever reads it finds the old one or the new one,
/// whole.
/// </summary>
internal static class AtomicFile
{
    public const string TemporarySuffix = ".tmp";

    /// <summary>Linux counts bytes; where characters are counted, there are no more of them.</summary>
    private const int MostBytesOfName = 255;

    /// <summary>What a temporary name has beside the file's: a point, 32 digits, and the suffix.</summary>
    private const int TemporaryBytes = 1 + 32 + 4;

    /// <summary>
    /// Writes the file; its folder is made where there is none. A link stays one, and the file that it leads to is replaced. Into a device
    /// or a pipe, such as /dev/stdout, is written: it is not replaced by a file.
    /// </summary>
    public static void Write(string path, Action<Stream> write) => WriteAsync(path, stream =>
    {
        write(stream);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult(); // which has ended by then

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (IsDeviceOrPipe(path))
        {
            using var content = new MemoryStream(); // whoever writes may go back to an earlier place
            await write(content).ConfigureAwait(false);
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            content.WriteTo(device);
            return;
        }
        path = LinkedFrom(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = TemporaryNameBeside(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
                await write(stream).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (IsOfFile(error, temporary))
        {
            File.Delete(temporary);
            throw Unwritable(path, temporary, error);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Takes away what killed processes left of their writing; what is being written stays.</summary>
    public static void DeleteRemains(string path)
    {
        var stem = TemporaryStem(LinkedFrom(path));
        // Not by the name, in which a file may have what a pattern takes for others.
        foreach (var remains in Directory.GetFiles(Path.GetDirectoryName(stem)!, "*" + TemporarySuffix))
            if (remains.StartsWith(stem, SameName)
                && Guid.TryParseExact(remains[stem.Length..^TemporarySuffix.Length], "N", out _))
                DeleteUnlessOpen(remains);
    }

    private static void DeleteUnlessOpen(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process has it open, has moved it into place by now, or is another user's: it is not for us to take away.
        }
    }

    /// <summary>
    /// Fails now if <see cref="Write"/> would fail later, which may be after an hour of training, and takes away what was left of earlier
    /// writing. A folder that is not there is an error here: a person who names one has more likely mistyped it.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="inputs">What will be read; null where nothing is. None of it may be the file to write.</param>
    public static void CheckWritable(string path, params ReadOnlySpan<string?> inputs)
    {
        foreach (var input in inputs)
            CheckNotRead(path, input);
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder; name a file to write.");
        if (IsDeviceOrPipe(path))
            return;
        path = LinkedFrom(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(path)} into. Make it first.");
        var temporary = TemporaryNameBeside(path);
        try
        {
            File.Create(temporary).Dispose();
            File.Delete(temporary);
        }
        catch (Exception error) when (IsOfFile(error, temporary))
        {
            throw Unwritable(path, temporary, error);
        }
        DeleteRemains(path);
    }

    /// <summary>Fails if a file to write is one to read, by whatever name.</summary>
    public static void CheckNotRead(string path, string? input)
    {
        if (File.Exists(input) && !IsDeviceOrPipe(path) && string.Equals(WholePath(input), WholePath(path), SameName))
            throw new IOException($"{path} is what is read here, and would be lost; name another file to write.");
    }

    /// <summary>The file that a path leads to where it is a link; else the path.</summary>
    public static string LinkedFrom(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    private static bool IsOfFile(Exception error, string temporary) =>
        error is IOException or UnauthorizedAccessException && error.Message.Contains(temporary, StringComparison.Ordinal);

    /// <summary>The same error, about the file that a person named.</summary>
    private static Exception Unwritable(string path, string temporary, Exception error)
    {
        var reason = error.Message.Replace(temporary, path, StringComparison.Ordinal).TrimEnd('.');
        var advice = error is PathTooLongException ? "Give it a shorter name."
            : "Make room in its folder, make the folder writable, or name a file elsewhere.";
        var text = $"{path} cannot be written: {reason}. {advice}";
        return error is UnauthorizedAccessException ? new UnauthorizedAccessException(text, error)
            : new IOException(text, error) { HResult = error.HResult };
    }

    private static StringComparison SameName =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private static string WholePath(string path) => Path.GetFullPath(LinkedFrom(path));

    /// <summary>An open pipe is a link to a path that does not exist.</summary>
    private static bool IsDeviceOrPipe(string path) =>
        File.Exists(path) && (SpecialFile.Describe(path) is not null || !File.Exists(LinkedFrom(path)));

    private static string TemporaryNameBeside(string path) => $"{TemporaryStem(path)}{Guid.NewGuid():N}{TemporarySuffix}";

    /// <summary>
    /// What all temporary names of a file begin with: its name, of which the end is left out where the whole would be too long beside what
    /// is added. A name that is too long itself stays, so that it is found out before there is something to write.
    /// </summary>
    private static string TemporaryStem(string path)
    {
        path = Path.GetFullPath(path);
        var name = Path.GetFileName(path);
        if (Encoding.UTF8.GetByteCount(name) is var bytes && bytes <= MostBytesOfName)
            for (var most = MostBytesOfName - TemporaryBytes; bytes > most; bytes = Encoding.UTF8.GetByteCount(name))
                name = name[..^(char.IsLowSurrogate(name[^1]) ? 2 : 1)];
        return $"{Path.Join(Path.GetDirectoryName(path), name)}.";
    }
}
