using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Flac;

/// <summary>
/// FLAC in Ogg (RFC 9639, 10.1): the first packet has nine bytes before the mark "fLaC"; without these, the packets in a row are a FLAC
/// stream, and several streams of a file are FLAC streams joined end to end.
/// </summary>
internal static class OggFlac
{
    private const int PrefixLength = 9;

    private static ReadOnlySpan<byte> Prefix => [0x7F, (byte)'F', (byte)'L', (byte)'A', (byte)'C'];

    /// <summary>Whether an Ogg file has a FLAC stream: its first page.</summary>
    public static bool TryFind(ByteSource input, out OggPage first)
    {
        var start = TagSkipper.AudioStart(input);
        first = default;
        if (!input.At(start, OggPage.Mark.Length).StartsWith(OggPage.Mark))
            return false;
        foreach (var page in OggPage.All(input, start).TakeWhile(page => page.IsFirst)) // all streams begin before any goes on
            if (page.BodyLength > PrefixLength && input.At(page.BodyPosition, Prefix.Length).StartsWith(Prefix))
            {
                first = page;
                return true;
            }

        return false;
    }

    /// <summary>The FLAC streams in an input: itself, or what an Ogg file carries, and which other streams are joined on there.</summary>
    public static (ByteSource Streams, OggLinks? Links) Unwrap(ByteSource input, CancellationToken cancellation)
    {
        if (!TryFind(input, out var first))
            return (input, null);
        var payload = new OggPayload(input, first, Prefix, PrefixLength, cancellation);
        return (payload, payload.Links);
    }
}
