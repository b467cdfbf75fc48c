namespace SongMood.Audio.Mp3;

/// <summary>The version of the standard that a frame follows; the last is the unofficial extension to 8, 11.025 and 12 kHz.</summary>
internal enum MpegVersion { Mpeg1, Mpeg2, Mpeg25 }

/// <summary>The four values of <c>mode</c> (ISO/IEC 11172-3, 2.4.2.3).</summary>
internal enum ChannelMode { Stereo, JointStereo, DualChannel, SingleChannel }

/// <summary>The 32 bits that open each frame (ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3).</summary>
internal readonly struct FrameHeader
{
    public const int ByteCount = 4;

    /// <summary>The bytes of the shortest frame of any layer: Layer III of 8 kb/s at 24 kHz (13818-3, 2.4.2.3).</summary>
    public const int ShortestFrame = 24;

    /// <summary>The bytes of the longest Layer III frame with a bit rate: 160 kb/s at 8 kHz, or 320 kb/s at 32 kHz, padded.</summary>
    public const int LongestFrame = 1441;

    // 2.4.2.3, bitrate_index, of Layers I, II and III; ISO/IEC 13818-3, 2.4.2.3, for the lower sampling frequencies of Layer I, and of
    // both others. Index 0 is free format.
    private static ReadOnlySpan<short> KilobitsMpeg1Layer1 => [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
    private static ReadOnlySpan<short> KilobitsMpeg1Layer2 => [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static ReadOnlySpan<short> KilobitsMpeg1Layer3 => [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static ReadOnlySpan<short> KilobitsMpeg2Layer1 => [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
    private static ReadOnlySpan<short> KilobitsMpeg2 => [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static ReadOnlySpan<int> SampleRatesMpeg1 => [44100, 48000, 32000];

    private readonly uint _bits;

    private FrameHeader(uint bits) => _bits = bits;

    public MpegVersion Version => ((_bits >> 19) & 3) switch { 3 => MpegVersion.Mpeg1, 2 => MpegVersion.Mpeg2, _ => MpegVersion.Mpeg25 };

    public bool IsMpeg1 => Version == MpegVersion.Mpeg1;

    /// <summary>1, 2 or 3.</summary>
    public int Layer => 4 - (int)((_bits >> 17) & 3);

    /// <summary>protection_bit is 0: a 16-bit checksum follows the header.</summary>
    public bool HasChecksum => (_bits & 0x10000) == 0;

    private int BitRateIndex => (int)((_bits >> 12) & 15);

    public bool IsFreeFormat => BitRateIndex == 0;

    /// <summary>Bits a second; 0 for free format.</summary>
    public int BitRate => 1000 * Kilobits[BitRateIndex];

    private ReadOnlySpan<short> Kilobits => (IsMpeg1, Layer) switch
    {
        (true, 3) => KilobitsMpeg1Layer3,
        (true, 2) => KilobitsMpeg1Layer2,
        (true, _) => KilobitsMpeg1Layer1,
        (_, 1) => KilobitsMpeg2Layer1,
        _ => KilobitsMpeg2,
    };

    private int SampleRateIndex => (int)((_bits >> 10) & 3);

    public int SampleRate => SampleRatesMpeg1[SampleRateIndex] >> (int)Version;

    /// <summary>0 to 8: the row of the scale-factor band tables (44.1, 48, 32 kHz of MPEG-1, then of MPEG-2, then of MPEG-2.5).</summary>
    public int RateRow => 3 * (int)Version + SampleRateIndex;

    // 2.4.3.1: a slot is four bytes in Layer I.
    private int SlotBytes => Layer == 1 ? 4 : 1;

    private int PaddingBytes => (int)((_bits >> 9) & 1) * SlotBytes;

    public ChannelMode Mode => (ChannelMode)((_bits >> 6) & 3);

    public int ChannelCount => Mode == ChannelMode.SingleChannel ? 1 : 2;

    public bool IsMidSide => Mode == ChannelMode.JointStereo && (_bits & 0x20) != 0;

    public bool IsIntensity => Mode == ChannelMode.JointStereo && (_bits & 0x10) != 0;

    /// <summary>Layers I and II: the first subband in intensity stereo (2.4.2.3, mode_extension); 32 where there is none.</summary>
    public int IntensityBound => Mode == ChannelMode.JointStereo ? 4 * (int)((_bits >> 4 & 3) + 1) : 32;

    /// <summary>Of Layer III.</summary>
    public int GranuleCount => IsMpeg1 ? 2 : 1;

    /// <summary>
    /// Samples a channel: 384 in Layer I, 1152 in the others; in Layer III 576 at the lower sampling frequencies (13818-3, 2.4.2.1).
    /// </summary>
    public int SampleCount => Layer switch { 1 => 384, 2 => 1152, _ => 576 * GranuleCount };

    /// <summary>Layer III's; the others have none.</summary>
    public int SideInformationLength => (Layer, IsMpeg1, ChannelCount) switch
    {
        (not 3, _, _) => 0,
        (_, true, 1) => 17,
        (_, true, _) => 32,
        (_, _, 1) => 9,
        _ => 17,
    };

    /// <summary>Bytes before the main data: header, checksum, side information.</summary>
    public int MainDataOffset => ByteCount + (HasChecksum ? 2 : 0) + SideInformationLength;

    /// <summary>Reads four bytes as a header; false where they cannot be one (no sync word, or a reserved or forbidden value).</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < ByteCount || bytes[0] != 0xFF || bytes[1] < 0xE0)
            return false;
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (((bits >> 19) & 3) == 1 || ((bits >> 17) & 3) == 0 || ((bits >> 12) & 15) == 15 || ((bits >> 10) & 3) == 3)
            return false;
        header = new FrameHeader(bits);
        return true;
    }

    /// <summary>The frame's bytes (2.4.3.1); <paramref name="freeFormatLength"/> is the unpadded length in free format.</summary>
    public int FrameLength(int freeFormatLength) =>
        (IsFreeFormat ? freeFormatLength : SampleCount / 8 / SlotBytes * BitRate / SampleRate * SlotBytes) + PaddingBytes;

    /// <summary>Bits a second that free-format frames of this length carry.</summary>
    public int FreeFormatBitRate(int freeFormatLength) => (int)((long)freeFormatLength * SampleRate / (SampleCount / 8));

    /// <summary>What stays the same through a stream: version, layer, sampling frequency, free format or not.</summary>
    public bool BelongsWith(FrameHeader other) => ((_bits ^ other._bits) & 0xFFFE0C00) == 0 && IsFreeFormat == other.IsFreeFormat;
}
