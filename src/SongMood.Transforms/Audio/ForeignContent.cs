using SongMood.Audio.Mp3;
using SongMood.Audio.Tags;

namespace SongMood.Audio;

/// <summary>Names what an input holds that we do not read, by the marks it begins with.</summary>
internal static class ForeignContent
{
    private const int TextSample = 4096;

    private static readonly (int Offset, byte[] Mark, string Name)[] Marks =
    [
        (0, "fLaC"u8.ToArray(), "a FLAC file"),
        (0, "OggS"u8.ToArray(), "an Ogg file (Vorbis, Opus or FLAC)"),
        (4, "ftyp"u8.ToArray(), "an MP4 file (AAC or ALAC)"),
        (0, "ADIF"u8.ToArray(), "an AAC file"),
        (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "a Windows Media (ASF) file"),
        (8, "AIFF"u8.ToArray(), "an AIFF file"),
        (8, "AIFC"u8.ToArray(), "an AIFF-C file"),
        (8, "AVI "u8.ToArray(), "an AVI video"),
        (0, ".snd"u8.ToArray(), "a Sun/NeXT audio file"),
        (0, "MThd"u8.ToArray(), "a MIDI file"),
        (0, "wvpk"u8.ToArray(), "a WavPack file"),
        (0, "MAC "u8.ToArray(), "a Monkey's Audio file"),
        (0, "MPCK"u8.ToArray(), "a Musepack file"),
        (0, "MP+"u8.ToArray(), "a Musepack file"),
        (0, "DSD "u8.ToArray(), "a DSD file"),
        (0, "caff"u8.ToArray(), "a Core Audio file"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM file"),
        (0, [0x00, 0x00, 0x01, 0xBA], "an MPEG video"),
        (0, "PK\u0003\u0004"u8.ToArray(), "a ZIP archive"),
        (0, [0x1F, 0x8B], "a gzip archive"),
        (0, "%PDF"u8.ToArray(), "a PDF document"),
        (0, [0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        (0, [0xFF, 0xD8, 0xFF], "a JPEG image"),
    ];

    /// <summary>Whether the input, past any ID3 tag at its start, begins as another format does.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> bytes) => FindMark(PastTags(bytes)) is not null;

    /// <summary>What the input is, as far as can be told.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes)
    {
        var content = PastTags(bytes);
        return FindMark(content)
            ?? OtherLayers.Name(content)
            ?? (bytes.StartsWith("ID3"u8) ? "an ID3 tag with no audio after it" : IsText(bytes) ? "text, not audio"
                : $"no audio that is known ({bytes.Length} bytes without an MPEG Layer III frame)");
    }

    private static string? FindMark(ReadOnlySpan<byte> bytes)
    {
        foreach (var (offset, mark, name) in Marks)
            if (bytes.Length >= offset + mark.Length && bytes[offset..].StartsWith(mark))
                return name;
        return null;
    }

    private static ReadOnlySpan<byte> PastTags(ReadOnlySpan<byte> bytes) => bytes[TagSkipper.AudioStart(bytes)..];

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes[..Math.Min(bytes.Length, TextSample)])
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        return true;
    }
}
