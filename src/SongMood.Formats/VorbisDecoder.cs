using SongMood.Formats.Vorbis;

namespace SongMood.Formats;

/// <summary>Ogg Vorbis (Vorbis I specification), one stream or several joined end to end.</summary>
internal sealed class VorbisDecoder : OggDecoder
{
    public override IReadOnlyList<string> FileNameSuffixes { get; } = [".ogg"];

    public override string FormatName => "Ogg Vorbis";

    protected override string Format => "Ogg Vorbis";

    protected override ReadOnlySpan<byte> Mark => VorbisHead.Mark;

    protected override IOggLayout Lay(OggStream stream) => new VorbisLayout(stream);
}
