namespace SongMood.Audio;

/// <summary>Brings an input's bytes into memory, within the limit and with errors of ours.</summary>
internal static class InputBytes
{
    private const int FirstChunk = 1 << 16;

    public static ReadOnlyMemory<byte> FromFile(string path, AudioReadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
                throw new AudioFormatException("this is a folder; an MP3 or WAV file was expected", path);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return FromStream(stream, options);
        }
        catch (AudioFormatException e)
        {
            throw e.InFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AudioFormatException("there is no such file; check the path", path, innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AudioFormatException($"the file cannot be read: {e.Message}", path, innerException: e);
        }
    }

    public static ReadOnlyMemory<byte> FromStream(Stream stream, AudioReadOptions options)
    {
        if (!stream.CanRead)
            throw new ArgumentException("the stream cannot be read", nameof(stream));
        var expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        CheckLength(expected, options);
        var bytes = new byte[expected > 0 ? expected : Math.Min(FirstChunk, options.MaxBytes)];
        var count = 0;
        while (true)
        {
            var read = stream.Read(bytes, count, bytes.Length - count);
            count += read;
            if (read == 0 && count < bytes.Length)
                return bytes.AsMemory(0, count);
            if (count < bytes.Length)
                continue;

            // Full: one more byte tells whether this is the end.
            var next = stream.ReadByte();
            if (next < 0)
                return bytes.AsMemory(0, count);
            CheckLength(count + 1L, options);
            Array.Resize(ref bytes, (int)Math.Min(Math.Max(2L * count, FirstChunk), options.MaxBytes));
            bytes[count++] = (byte)next;
        }
    }

    public static void CheckLength(long length, AudioReadOptions options)
    {
        if (length > options.MaxBytes)
            throw new AudioFormatException(
                $"the input has {length} bytes or more, the limit is {options.MaxBytes}; raise {nameof(AudioReadOptions)}."
                + $"{nameof(AudioReadOptions.MaxBytes)} to read it");
    }
}
