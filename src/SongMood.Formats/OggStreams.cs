using SongMood.Audio;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>
/// The streams of a kind in an Ogg file, one behind the other ("chained", RFC 3533, 4): a kind is known by the mark that a stream's first
/// packet begins with. Pages of other streams that run beside them are passed over; where streams follow of which none is of the kind, they
/// are lost. A page whose checksum is wrong is none.
/// </summary>
internal sealed class OggStreams
{
    // A day of radio has some five hundred. Each may cost a decoder's tables, however few bytes it has.
    private const int MostStreams = 4096;
    private const int Searched = 1 << 16;

    private readonly List<OggStream> _all = [];
    /// <param name="input">The file; of several streams that run side by side, the first of the kind counts.</param>
    /// <param name="mark">What a stream's first packet begins with.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="AudioFormatException">There is none of the kind, or there are too many.</exception>
    public OggStreams(ByteSource input, ReadOnlySpan<byte> mark, AudioReadOptions options)
    {
        input = input.Slice(0, TagSkipper.AudioEnd(input));
        long position = TagSkipper.AudioStart(input, options.MaxTagBytes), end = position;
        var isOn = false; // whether the last stream's pages may come
        while (OggPage.TryFind(input, position, out var page))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (!OggChecksum.IsRight(input.At(page.Position, page.Length)[..page.Length]))
            {
                position = page.Position + OggPage.Mark.Length; // what it says of its length may be wrong, too
                continue;
            }

            if (_all.Count > 0)
                _all[^1].Skip(page.Position - end);
            if (Links.Take(page, page.BodyLength >= mark.Length && input.At(page.BodyPosition, mark.Length).StartsWith(mark)))
            {
                Begin(page);
                isOn = true;
            }
            else if (isOn && page.IsFirst && page.Serial == _all[^1].Serial)
                isOn = false; // another kind of stream goes by that number now
            if (isOn && page.Serial == _all[^1].Serial)
                _all[^1].Add(input, page);
            position = end = page.EndPosition;
        }

        if (_all.Count == 0)
            throw new AudioFormatException(
                "the first page of this Ogg file is damaged (its checksum is wrong), and no stream can be read without it",
                bytePosition: 0);
        _all[^1].Finish(input.Length - end, input.At(end, OggPage.Mark.Length).StartsWith(OggPage.Mark));
    }

    /// <summary>The streams, at least one.</summary>
    public IReadOnlyList<OggStream> All => _all;

    /// <summary>Tells which streams of other kinds are joined on.</summary>
    public OggLinks Links { get; } = new();

    /// <summary>Whether a file begins with a stream of a kind, perhaps among others.</summary>
    public static bool Has(ByteSource input, ReadOnlySpan<byte> mark)
    {
        var from = TagSkipper.AudioStart(input);
        if (!input.At(from, OggPage.Mark.Length).StartsWith(OggPage.Mark))
            return false;
        input = input.Slice(0, Math.Min(input.Length, from + Searched));
        for (; OggPage.TryFind(input, from, out var page) && page.IsFirst; from = page.EndPosition)
            if (page.BodyLength >= mark.Length && input.At(page.BodyPosition, mark.Length).StartsWith(mark))
                return true;
        return false;
    }

    private void Begin(in OggPage page)
    {
        if (_all.Count == MostStreams)
            throw new AudioFormatException(
                $"this Ogg file has more than {MostStreams} streams joined end to end, the most that are read; split it",
                bytePosition: page.Position);
        if (_all.Count > 0)
            _all[^1].Finish(0, false);
        _all.Add(new OggStream(page.Serial));
    }
}
