using SongMood.Audio.Flac;
using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>
/// The checksum of a frame of Layer I or II (ISO/IEC 11172-3, 2.4.3.1): of the header's last two bytes and the bits behind the checksum up
/// to the scale factors.
/// </summary>
internal static class FrameChecksum
{
    private const int Length = 2, FirstSum = 0xFFFF, Polynomial = 0x8005;

    /// <summary>Where the audio data begin.</summary>
    public static int DataStart(FrameHeader header) => FrameHeader.ByteCount + (header.HasChecksum ? Length : 0);

    /// <summary>Whether the checksum of a frame that has one is that of its bits.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="protectedBits">How many bits behind it are protected.</param>
    public static bool IsRight(ReadOnlySpan<byte> frame, int protectedBits)
    {
        var data = frame[(FrameHeader.ByteCount + Length)..];
        uint sum = FlacChecksums.Crc16ByTables(frame[2..FrameHeader.ByteCount], FirstSum); // FLAC's polynomial is the same
        sum = FlacChecksums.Crc16ByTables(data[..(protectedBits / 8)], sum);
        for (var bit = protectedBits / 8 * 8; bit < protectedBits; bit++)
        {
            var next = sum >> 15 ^ (uint)data[bit / 8] >> (7 - bit % 8) & 1;
            sum = (sum << 1 ^ next * Polynomial) & 0xFFFF;
        }

        return sum == (uint)(frame[FrameHeader.ByteCount] << 8 | frame[FrameHeader.ByteCount + 1]);
    }
}
