namespace SongMood.Audio.Pcm;

/// <summary>What the chunks of a WAV and of an AIFF (IFF, 1985) have in common.</summary>
internal static class Chunks
{
    public const int NameLength = 4;

    /// <summary>
    /// Where the next chunk begins: at an even byte, unless the writer forgot the byte that makes it even. That byte should be 0, but is
    /// whatever lay in the memory of some writers.
    /// </summary>
    /// <param name="input">The file.</param>
    /// <param name="start">Where the content begins.</param>
    /// <param name="length">How long it is.</param>
    public static long EndOf(ByteSource input, long start, long length)
    {
        var end = start + length;
        return length % 2 != 0 && !IsName(input.At(end, NameLength)) ? end + 1 : end;
    }

    /// <summary>Whether bytes begin with what may be a chunk's name.</summary>
    public static bool IsName(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= NameLength && bytes[..NameLength].IndexOfAnyExceptInRange((byte)' ', (byte)'z') < 0;
}
