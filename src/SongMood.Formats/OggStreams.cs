using SongMood.Audio;
using SongMood.Audio.Ogg;

namespace SongMood.Formats;

/// <summary>
/// The streams of a kind in an Ogg file, one behind the other ("chained", RFC 3533, 4): a kind is known by the mark that a stream's first
/// packet begins with. Pages of other streams that run beside them are passed over. A page whose checksum is wrong is none.
/// </summary>
internal static class OggStreams
{
    // A day of radio has some five hundred. Each may cost a decoder's tables, however few bytes it has.
    private const int MostStreams = 4096;

    private const int Searched = 1 << 16;

    /// <summary>Whether a file has a stream of a kind.</summary>
    public static bool Has(ByteSource input, ReadOnlySpan<byte> mark)
    {
        if (!input.At(0, OggPage.Mark.Length).StartsWith(OggPage.Mark))
            return false;
        input = input.Slice(0, Math.Min(input.Length, Searched));
        for (long from = 0; OggPage.TryFind(input, from, out var page) && page.IsFirst; from = page.EndPosition)
            if (Begins(input, page, mark))
                return true;
        return false;
    }

    /// <summary>The streams of a kind; of several that run side by side, the first.</summary>
    /// <param name="input">The file.</param>
    /// <param name="mark">What a stream's first packet begins with.</param>
    /// <param name="cancellation">Ends the walk over the pages.</param>
    /// <exception cref="AudioFormatException">There is none, or there are too many.</exception>
    public static IReadOnlyList<OggStream> Read(ByteSource input, ReadOnlySpan<byte> mark, CancellationToken cancellation)
    {
        var streams = new List<OggStream>();
        var (isFound, isOn) = (false, false); // among the pages that begin streams side by side; whether its pages may come
        long position = 0, end = 0;
        while (OggPage.TryFind(input, position, out var page))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!OggChecksum.IsRight(input.At(page.Position, page.Length)[..page.Length]))
            {
                position = page.Position + OggPage.Mark.Length; // what it says of its length may be wrong, too
                continue;
            }

            if (streams.Count > 0)
                streams[^1].Skip(page.Position - end);
            if (page.IsFirst && !isFound && Begins(input, page, mark))
            {
                if (streams.Count == MostStreams)
                    throw new AudioFormatException(
                        $"this Ogg file has more than {MostStreams} streams joined end to end, the most that are read; split it",
                        bytePosition: page.Position);
                if (streams.Count > 0)
                    streams[^1].Finish(0, false);
                streams.Add(new OggStream(page.Serial));
                (isFound, isOn) = (true, true);
            }
            else if (isOn && page.IsFirst && page.Serial == streams[^1].Serial)
                isOn = false; // another kind of stream goes by that number now

            if (isOn && page.Serial == streams[^1].Serial)
                streams[^1].Add(input, page);
            isFound &= page.IsFirst;
            position = end = page.EndPosition;
        }

        if (streams.Count == 0)
            throw new AudioFormatException(
                "the first page of this Ogg file is damaged (its checksum is wrong), and no stream can be read without it",
                bytePosition: 0);
        streams[^1].Finish(input.Length - end, input.At(end, OggPage.Mark.Length).StartsWith(OggPage.Mark));
        return streams;
    }

    private static bool Begins(ByteSource input, in OggPage page, ReadOnlySpan<byte> mark) =>
        page.BodyLength >= mark.Length && input.At(page.BodyPosition, mark.Length).StartsWith(mark);
}
