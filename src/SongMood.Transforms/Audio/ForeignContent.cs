using System.Buffers.Binary;
using System.Text;
using SongMood.Audio.Mp3;
using SongMood.Audio.Ogg;
using SongMood.Audio.Tags;

namespace SongMood.Audio;

/// <summary>Names what an input holds that we do not read, by the marks it begins with.</summary>
internal static class ForeignContent
{
    private const int TextSample = 4096;

    // What is looked at of the content: the search for other layers, and some frames behind it.
    private const int HeadLength = OtherLayers.SearchLength + (1 << 15);

    /// <summary>Ends of the names of songs that other programs read.</summary>
    public static readonly string[] FileNameSuffixes =
        [".m4a", ".m4b", ".mp4", ".3gp", ".mov", ".aac", ".ogg", ".opus", ".wma", ".asf", ".ape", ".mpc", ".wv", ".mka", ".webm", ".amr",
            ".au", ".snd", ".ac3", ".eac3", ".dts", ".caf", ".w64", ".voc", ".dsf", ".dff", ".mp2", ".tta", ".tak", ".spx"];

    private static readonly byte[] DsfMark = "DSD "u8.ToArray(), DsdiffMark = "FRM8"u8.ToArray();

    // Containers and streams with sound, which other programs read.
    private static readonly (int Offset, byte[] Mark, string Name)[] MediaMarks =
    [
        (4, "ftypqt"u8.ToArray(), "a QuickTime film"),
        (4, "ftyp"u8.ToArray(), "an MP4 file (AAC or ALAC)"),
        (4, "moov"u8.ToArray(), "a QuickTime film"),
        (4, "mdat"u8.ToArray(), "a QuickTime film"), // before 2001 nothing stood before the sound
        (4, "wide"u8.ToArray(), "a QuickTime film"),
        (0, "ADIF"u8.ToArray(), "an AAC file"),
        (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], "a Windows Media (ASF) file"),
        (8, "AVI "u8.ToArray(), "an AVI video"),
        (0, ".snd"u8.ToArray(), "a Sun/NeXT audio file"),
        (0, "wvpk"u8.ToArray(), "a WavPack file"),
        (0, "MAC "u8.ToArray(), "a Monkey's Audio file"),
        (0, "MPCK"u8.ToArray(), "a Musepack file"),
        (0, "MP+"u8.ToArray(), "a Musepack file"),
        (0, DsfMark, "a DSD file"),
        (0, DsdiffMark, "a DSDIFF file"),
        (0, "TTA1"u8.ToArray(), "a True Audio file"),
        (0, "#!AMR"u8.ToArray(), "an AMR file"),
        (0, [0x0B, 0x77], "an AC-3 file"),
        (0, [0x7F, 0xFE, 0x80, 0x01], "a DTS file"),
        (0, "FLV"u8.ToArray(), "a Flash video"),
        (0, [0x00, 0x00, 0x01, 0xBA], "an MPEG video"),
        (0, ".RMF"u8.ToArray(), "a RealMedia file"),
        (0, "tBaK"u8.ToArray(), "a TAK file"),
        (0, "Creative Voice File"u8.ToArray(), "a Creative Voice file"),
        (0, "caff"u8.ToArray(), "a Core Audio file"),
        (0, [.. "riff"u8, 0x2E, 0x91, 0xCF, 0x11], "a Sony Wave64 file"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM file"),
    ];

    private static readonly (int Offset, byte[] Mark, string Name)[] OtherMarks =
    [
        (0, "fLaC"u8.ToArray(), "a FLAC file"), // which an MP3's search must pass over
        (0, "MThd"u8.ToArray(), "a MIDI file"),
        (0, "NIST_1A\n"u8.ToArray(), "a NIST SPHERE file"),
        (0, "IMPM"u8.ToArray(), "an Impulse Tracker module"),
        (0, "Extended Module: "u8.ToArray(), "a FastTracker module"),
        (1080, "M.K."u8.ToArray(), "a ProTracker module"),
        (0, "#EXTM3U"u8.ToArray(), "a playlist (M3U); it names songs, which can be read"),
        (0, "[playlist]"u8.ToArray(), "a playlist (PLS); it names songs, which can be read"),
        (0, "PK\u0003\u0004"u8.ToArray(), "a ZIP archive"),
        (0, [0x1F, 0x8B], "a gzip archive"),
        (0, "BZh"u8.ToArray(), "a bzip2 archive"),
        (0, [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "an xz archive"),
        (0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive"),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
        (0, "Rar!"u8.ToArray(), "a RAR archive"),
        (257, "ustar"u8.ToArray(), "a tar archive"),
        (0, "!<arch>\n"u8.ToArray(), "an ar archive"),
        (0, "%PDF"u8.ToArray(), "a PDF document"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Office document"),
        (0, [0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        (0, [0xFF, 0xD8, 0xFF], "a JPEG image"),
        (0, "GIF8"u8.ToArray(), "a GIF image"),
        (8, "WEBP"u8.ToArray(), "a WebP image"),
        (0, [(byte)'I', (byte)'I', 42, 0], "a TIFF image"),
        (0, [(byte)'M', (byte)'M', 0, 42], "a TIFF image"),
        (0, [0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program (ELF)"),
        (0, [0xCF, 0xFA, 0xED, 0xFE], "a program (Mach-O)"),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], "a program (Mach-O or Java)"),
        (0, [0x00, 0x61, 0x73, 0x6D], "a program (WebAssembly)"),
        (0, "SQLite format 3\0"u8.ToArray(), "an SQLite database"),
    ];

    /// <summary>
    /// What an input with sound is that other programs read, past any tags at its start; null where it is none, or one of ours.
    /// </summary>
    public static string? FindMedia(ByteSource input)
    {
        var content = PastTags(input);
        if (content.StartsWith(OggPage.Mark))
            return OggKinds.IsSpeex(content) ? OggKinds.Name(content) : null;
        return Find(MediaMarks, content) ?? (FindLayer(input) is OtherStream.Adts ? OtherLayers.Name(OtherStream.Adts) : null);
    }

    /// <summary>Whether it holds DSD: bits at some MHz, of which whoever decodes them chooses the sample rate.</summary>
    public static bool IsDsd(ByteSource input) =>
        PastTags(input) is var content && (content.StartsWith(DsfMark) || content.StartsWith(DsdiffMark));

    /// <summary>Whether the input is of a kind that the package SongMood.Formats reads by itself.</summary>
    public static bool IsOfFormats(ByteSource input) =>
        PastTags(input) is var content && content.StartsWith(OggPage.Mark) ? OggKinds.IsVorbisOrOpus(content)
            : FindLayer(input) is OtherStream.Layer1 or OtherStream.Layer2;

    /// <summary>
    /// The stream of Layer I or II or of AAC that the input is, past any tags at its start; null where it is none, or begins as another
    /// format does: programs have tables that look like frames.
    /// </summary>
    public static OtherStream? FindLayer(ByteSource input)
    {
        var content = PastTags(input);
        if (OtherLayers.Find(content) is not { } stream)
            return null;
        return FindMark(content) is null && !content.StartsWith("RIFF"u8) && !content.StartsWith("RF64"u8) && !content.StartsWith("FORM"u8)
            ? stream : null;
    }

    /// <summary>Whether the input, past any tags at its start, begins as another format does.</summary>
    public static bool IsMarked(ByteSource input) => FindMark(PastTags(input)) is not null;

    /// <summary>What the input is, as far as can be told.</summary>
    public static string Describe(ByteSource input)
    {
        var start = TagSkipper.AudioStart(input);
        var content = PastTags(input);
        if (content.StartsWith("ID3"u8))
            return "an ID3 tag that goes on past the end of the file; is it cut off?";
        if (start > 0 && Padding.IsFill(input, start))
            return "a tag (ID3 or APE) with no audio after it";
        return FindMark(content)
            ?? OtherLayers.Name(content)
            ?? (Padding.IsFill(input, start) ? $"{Plural.Of(input.Length - start, "byte")} of {content[0]}, and nothing else" : null)
            ?? (IsText(content) ? content.TrimStart(" \t\r\n"u8).StartsWith((byte)'<') ? "a text (HTML or XML), not audio"
                : "text, not audio" : null)
            ?? $"no audio that is known ({Plural.Of(input.Length, "byte")} without an MPEG Layer III frame)";
    }

    private static string? FindMark(ReadOnlySpan<byte> bytes)
    {
        if ((Find(MediaMarks, bytes) ?? Find(OtherMarks, bytes)) is { } found)
            return found;
        if (bytes.StartsWith(OggPage.Mark))
            return OggKinds.Name(bytes);
        if (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && !bytes[8..].StartsWith("WAVE"u8))
            return $"a RIFF file of the kind '{Kind(bytes)}'";
        if (bytes.StartsWith("FORM"u8) && bytes.Length >= 12 && !bytes[8..].StartsWith("AIF"u8))
            return $"an IFF file of the kind '{Kind(bytes)}'";
        return IsProgram(bytes) ? "a program (Windows)" : null;
    }

    private static string Kind(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes[8..12]).Trim();

    private static string? Find((int Offset, byte[] Mark, string Name)[] marks, ReadOnlySpan<byte> bytes)
    {
        foreach (var (offset, mark, name) in marks)
            if (bytes.Length >= offset + mark.Length && bytes[offset..].StartsWith(mark))
                return name;
        return null;
    }

    private static ReadOnlySpan<byte> PastTags(ByteSource input) => input.At(TagSkipper.AudioStart(input), HeadLength);

    // "MZ" alone could be anything; at 60 stands where the header proper begins.
    private static bool IsProgram(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("MZ"u8) && bytes.Length >= 64
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[60..]) is > 0 and var header && header <= bytes.Length - 2
        && bytes[header..].StartsWith("PE"u8);

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return true; // a byte order mark
        foreach (var value in bytes[..Math.Min(bytes.Length, TextSample)])
            if (value == 0xFF || (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r')))
                return false; // 0xFF begins frames, and is a letter that texts hardly have
        return true;
    }
}
