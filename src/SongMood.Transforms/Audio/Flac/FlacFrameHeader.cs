using System.Buffers.Binary;

namespace SongMood.Audio.Flac;

/// <summary>How the two channels of a stereo frame are stored (RFC 9639, 4.2 and 9.1.3).</summary>
internal enum StereoMode
{
    /// <summary>Each for itself, as are more channels or one.</summary>
    Independent,

    /// <summary>Left, and left less right.</summary>
    LeftSide,

    /// <summary>Left less right, and right.</summary>
    SideRight,

    /// <summary>The mean of both without its lowest bit, and left less right, which has the same one.</summary>
    MidSide,
}

/// <summary>A frame's header (RFC 9639, 9.1).</summary>
/// <param name="IsVariable">Whether the stream's blocks differ in length, so that <see cref="Number"/> counts samples.</param>
/// <param name="BlockSize">Samples a channel.</param>
/// <param name="SampleRate">In Hz; 0 where only the stream's information says it.</param>
/// <param name="ChannelCount">1 to 8.</param>
/// <param name="Mode">How channels are stored.</param>
/// <param name="BitsPerSample">8 to 32; 0 where only the stream's information says it.</param>
/// <param name="Number">Of the frame, or, in streams of variable block size, of its first sample.</param>
/// <param name="Length">Bytes of the header, its checksum among them.</param>
internal readonly record struct FlacFrameHeader(
    bool IsVariable, int BlockSize, int SampleRate, int ChannelCount, StereoMode Mode, int BitsPerSample, long Number, int Length)
{
    /// <summary>Bytes of the longest header.</summary>
    public const int MostBytes = 16;

    public const int MostSamples = 1 << 16;

    /// <summary>The first byte of the sync code.</summary>
    public const byte FirstByte = 0xFF;

    private const int ShortestBytes = 6;

    private static ReadOnlySpan<int> Rates =>
        [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];

    private static ReadOnlySpan<byte> Depths => [0, 8, 12, 0, 16, 20, 24, 32];

    /// <summary>The rate in Hz: its own, or what the metadata says; 0 where neither does.</summary>
    public int RateIn(StreamInfo? info) => SampleRate > 0 ? SampleRate : info?.SampleRate ?? 0;

    /// <summary>Whether two bytes are the sync code and the bit that must be 0 (9.1).</summary>
    public static bool IsSync(byte first, byte second) => first == FirstByte && (second & 0xFE) == 0xF8;

    /// <summary>Reads the header that begins here; false where none does.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FlacFrameHeader header)
    {
        header = default;
        if (bytes.Length < ShortestBytes || !IsSync(bytes[0], bytes[1]))
            return false;
        int sizeCode = bytes[2] >> 4, rateCode = bytes[2] & 15, channelCode = bytes[3] >> 4, depthCode = bytes[3] >> 1 & 7;
        if (sizeCode == 0 || rateCode == 15 || channelCode > 10 || depthCode == 3 || (bytes[3] & 1) != 0)
            return false; // reserved or forbidden
        var at = 4;
        if (!TryReadNumber(bytes, ref at, out var number))
            return false;
        var sizeBytes = sizeCode switch { 6 => 1, 7 => 2, _ => 0 };
        var rateBytes = rateCode switch { 12 => 1, 13 or 14 => 2, _ => 0 };
        var length = at + sizeBytes + rateBytes + 1;
        if (length > bytes.Length || FlacChecksums.Crc8(bytes[..length]) != 0)
            return false;
        var size = sizeCode switch
        {
            1 => 192,
            < 6 => 144 << sizeCode,
            6 => bytes[at] + 1,
            7 => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) + 1,
            _ => 1 << sizeCode,
        };
        at += sizeBytes;
        var rate = rateCode switch
        {
            12 => 1000 * bytes[at],
            13 => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]),
            14 => 10 * BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]),
            _ => Rates[rateCode],
        };
        if (rate == 0 && rateCode != 0)
            return false;
        var (channels, mode) = channelCode < 8 ? (channelCode + 1, StereoMode.Independent) : (2, (StereoMode)(channelCode - 7));
        header = new FlacFrameHeader(
            (bytes[1] & 1) != 0, size, rate, channels, mode, Depths[depthCode], number, length);
        return true;
    }

    /// <summary>9.1.5: as in UTF-8, of up to 36 bits.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long number)
    {
        number = bytes[at];
        var ones = System.Numerics.BitOperations.LeadingZeroCount(~((uint)number << 24));
        if (ones is 1 or 8 || at + Math.Max(1, ones) > bytes.Length)
            return false;
        if (ones > 0)
            number &= 0x7F >> ones;
        at++;
        for (var i = 1; i < ones; i++, at++)
        {
            if ((bytes[at] & 0xC0) != 0x80)
                return false;
            number = number << 6 | (long)(bytes[at] & 0x3F);
        }

        return true;
    }
}
