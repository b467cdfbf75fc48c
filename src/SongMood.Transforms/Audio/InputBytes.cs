using System.Runtime.InteropServices;

namespace SongMood.Audio;

/// <summary>Brings an input's bytes into memory, within the limit and with errors of ours.</summary>
internal static class InputBytes
{
    private const int FirstChunk = 1 << 16, LongestRead = 1 << 22;

    public static ReadOnlyMemory<byte> FromFile(string path, AudioReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return InFile(path, () =>
        {
            using var stream = Open(path);
            return FromStream(stream, options);
        });
    }

    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new AudioFormatException($"this is a folder; files of {AudioFile.FormatNames} are read", path);
        if (SpecialFile.Fault(path) is { } fault)
            throw new AudioFormatException(fault, path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            if (NamesOfBytes.TryOpen(path) is { } file)
                return file;
            throw;
        }
    }

    /// <summary>Reads something of a file, with errors that name it.</summary>
    public static T InFile<T>(string path, Func<T> read)
    {
        if (path.Contains('\0')) // .NET's own error names no path
            throw new AudioFormatException("the path has a NUL character in it, which no file's has; check where it comes from", path);
        try
        {
            return read();
        }
        catch (AudioFormatException e)
        {
            throw e.InFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AudioFormatException(path.Contains('\uFFFD')
                ? "the name is not UTF-8 (\uFFFD stands for the bytes at fault), and there is no such file, or several; rename it"
                : "there is no such file; check the path", path, innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AudioFormatException($"the file cannot be read: {e.Message}", path, innerException: e);
        }
    }

    /// <summary>A stream over bytes, without a copy where they are an array, which nearly all are.</summary>
    public static MemoryStream Stream(ReadOnlyMemory<byte> bytes)
    {
        var array = MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray());
        return new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
    }

    /// <summary>A stream's bytes as they are needed, or, where it cannot seek, in memory.</summary>
    public static ByteSource Source(Stream stream, AudioReadOptions options)
    {
        if (!stream.CanRead)
            throw new ArgumentException("the stream cannot be read", nameof(stream));
        return stream.CanSeek ? new StreamBytes(stream) : ByteSource.Of(FromStream(stream, options));
    }

    public static ReadOnlyMemory<byte> FromStream(Stream stream, AudioReadOptions options)
    {
        var target = new Target(stream, options);
        for (var read = 1; read > 0;)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            target.Took(read = stream.Read(target.Free.Span));
        }

        return target.Bytes;
    }

    /// <summary>The same without a synchronous read, which some streams refuse (the body of a request in ASP.NET Core).</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> FromStreamAsync(Stream stream, AudioReadOptions options)
    {
        var target = new Target(stream, options);
        for (var read = 1; read > 0;)
            target.Took(read = await stream.ReadAsync(target.Free, options.CancellationToken).ConfigureAwait(false));
        return target.Bytes;
    }

    /// <summary>
    /// The bytes read so far, and room for more: up to one byte more than the limit, which tells that there are too many.
    /// </summary>
    private sealed class Target
    {
        private readonly AudioReadOptions _options;
        private readonly long _most;
        private byte[] _bytes;
        private int _count;

        public Target(Stream stream, AudioReadOptions options)
        {
            if (!stream.CanRead)
                throw new ArgumentException("the stream cannot be read", nameof(stream));
            var expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : FirstChunk - 1;
            if (stream.CanSeek)
                options.RequireBytes(expected);
            _options = options;
            _most = Math.Min(options.MaxBytes + 1, Array.MaxLength);
            _bytes = new byte[Math.Min(expected + 1, _most)]; // the byte past what is expected sees the end
        }

        /// <summary>Where the next bytes go: a read of a whole large file could not be cancelled.</summary>
        public Memory<byte> Free => _bytes.AsMemory(_count, Math.Min(LongestRead, _bytes.Length - _count));

        public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _count);

        public void Took(int count)
        {
            _count += count;
            if (_count < _bytes.Length)
                return;
            _options.RequireBytes(_count == Array.MaxLength ? long.MaxValue : _count);
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(2L * _count, FirstChunk), _most));
        }
    }
}
