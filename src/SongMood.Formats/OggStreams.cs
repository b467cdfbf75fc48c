using SongMood.Audio;
using SongMood.Audio.Ogg;

namespace SongMood.Formats;

/// <summary>What the streams of an Ogg file are, by the mark that the first packet of each begins with (RFC 3533).</summary>
internal static class OggStreams
{
    private const int Searched = 1 << 16;

    /// <summary>Whether a file has a stream of a kind.</summary>
    public static bool Has(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mark) =>
        bytes.StartsWith(OggPage.Mark) && TryFind(ByteSource.Of(bytes[..Math.Min(bytes.Length, Searched)].ToArray()), mark, out _);

    /// <summary>The first page of a stream of a kind.</summary>
    public static bool TryFind(ByteSource input, ReadOnlySpan<byte> mark, out OggPage first)
    {
        for (long from = 0; OggPage.TryFind(input, from, out first) && first.IsFirst; from = first.EndPosition)
            if (first.BodyLength >= mark.Length && input.At(first.BodyPosition, mark.Length).StartsWith(mark))
                return true;
        return false;
    }
}
