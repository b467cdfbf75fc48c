namespace SongMood.Audio.Wav;

/// <summary>The format tags of WAV files (RFC 2361 and its successors).</summary>
internal static class WavCodecs
{
    public const int Pcm = 1, Float = 3, ALaw = 6, MuLaw = 7, Mp3 = 0x55, Extensible = 0xFFFE;

    /// <summary>What a tag that is not read stands for.</summary>
    public static string Name(int tag) => tag switch
    {
        0x02 => "Microsoft ADPCM",
        0x05 => "IBM CVSD",
        0x08 or 0x2001 => "DTS",
        0x10 => "OKI ADPCM",
        0x11 => "IMA ADPCM",
        0x14 or 0x40 => "G.721 ADPCM",
        0x16 => "G.723 ADPCM",
        0x20 => "Yamaha ADPCM",
        0x22 => "TrueSpeech",
        0x28F or 0x65 => "G.722 ADPCM",
        0x31 or 0x32 => "GSM 06.10",
        0x45 or 0x64 => "G.726 ADPCM",
        0x50 => "MPEG Layer I or II",
        0x61 or 0x62 => "Duck ADPCM",
        0x69 => "Xbox IMA ADPCM",
        0x83 => "G.729",
        0x92 or 0x2000 => "AC-3",
        0xFF or 0x1600 or 0x1601 or 0x1610 or 0x706D or 0xA106 => "AAC",
        0x160 or 0x161 or 0x162 or 0x163 => "Windows Media Audio",
        0x200 => "Creative ADPCM",
        0x270 => "ATRAC3",
        >= 0x674F and <= 0x6771 => "Vorbis",
        0x704F => "Opus",
        0xF1AC => "FLAC",
        Extensible => "an extensible format without the codec's own",
        _ => "an unknown codec",
    };
}
