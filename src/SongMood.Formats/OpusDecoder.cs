using SongMood.Formats.Opus;

namespace SongMood.Formats;

/// <summary>
/// Opus (RFC 6716, RFC 8251) in Ogg (RFC 7845), at 48 kHz, one stream or several joined end to end. The pre-skip cuts a stream's start, the
/// last page's granule position its end.
/// </summary>
internal sealed class OpusDecoder : OggDecoder
{
    public override IReadOnlyList<string> FileNameSuffixes { get; } = [".opus"];

    public override string FormatName => "Opus";

    protected override string Format => "Opus";

    protected override ReadOnlySpan<byte> Mark => "OpusHead"u8;

    protected override IOggLayout Lay(OggStream stream) => new OpusLayout(stream);
}
