using SongMood.Audio;

namespace SongMood.Formats.Tags;

/// <summary>Puts new bytes into the place of a song's file, in one step.</summary>
internal static class SongFile
{
    /// <summary>
    /// Replaces the file by one with its permissions; whoever looks finds the old one or the new one. The new one is on the disk before the
    /// old one goes.
    /// </summary>
    /// <param name="path">The file; a link stays one.</param>
    /// <param name="bytes">All of the new one.</param>
    /// <param name="stamp">What the file was when it was read.</param>
    /// <param name="timeUtc">When the new one is to have been written; null for now.</param>
    /// <exception cref="IOException">The file has changed since it was read, or cannot be written.</exception>
    public static void Replace(string path, ReadOnlyMemory<byte> bytes, FileStamp stamp, DateTime? timeUtc) =>
        AtomicFile.Write(path, stream =>
        {
            var file = (FileStream)stream;
            file.Write(bytes.Span);
            file.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(AtomicFile.LinkedFrom(path)));
            if (timeUtc is { } time)
                File.SetLastWriteTimeUtc(file.SafeFileHandle, time);
            if (FileStamp.Of(path) != stamp)
                throw new IOException($"{path}: another program has changed it just now; it is left as it is. Try again.");
        });

    /// <exception cref="UnauthorizedAccessException">
    /// The file is read-only. It could be replaced all the same, but somebody does not want that.
    /// </exception>
    public static void CheckWritable(string path)
    {
        if (new FileInfo(AtomicFile.LinkedFrom(path)).IsReadOnly)
            throw new UnauthorizedAccessException($"{path} is read-only; make it writable to change its tags.");
    }
}
