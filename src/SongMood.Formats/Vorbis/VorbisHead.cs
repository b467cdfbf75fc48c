using System.Buffers.Binary;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Formats.Vorbis;

/// <summary>The identification header (Vorbis I specification, 4.2.2).</summary>
/// <param name="ChannelCount">1 to 255.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="ShortLength">Samples of a short block, a power of two from 64 on.</param>
/// <param name="LongLength">Samples of a long block, up to 8192.</param>
internal sealed record VorbisHead(int ChannelCount, int SampleRate, int ShortLength, int LongLength)
{
    private const int Length = 30, LeastLog = 6, MostLog = 13;

    /// <summary>What the first packet begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "\u0001vorbis"u8;

    /// <exception cref="AudioFormatException">It is not whole, or breaks a rule.</exception>
    public static VorbisHead Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Length || !packet.StartsWith(Mark))
            throw new AudioFormatException(
                $"the first packet of this Ogg Vorbis stream has {packet.Length} bytes, its identification header has {Length}; "
                + "is the file cut off or damaged?");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(packet[7..]);
        if (version != 0)
            throw new AudioFormatException($"this Ogg Vorbis stream is of version {version}; version 0 is read (Vorbis I)");
        int channels = packet[11], shortLog = packet[28] & 15, longLog = packet[28] >> 4;
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(packet[12..]);
        if (channels == 0 || rate > int.MaxValue || !SampleRates.Contains((int)rate))
            throw new AudioFormatException(
                $"this Ogg Vorbis stream says {channels} channels at {rate} Hz; 1 to 255 at {SampleRates.Range} are read");
        if (shortLog < LeastLog || longLog < shortLog || longLog > MostLog || (packet[29] & 1) == 0)
            throw new AudioFormatException(
                $"this Ogg Vorbis stream says blocks of {1 << shortLog} and {1 << longLog} samples, and {packet[29] & 1} as its framing "
                + $"bit; expected powers of two from {1 << LeastLog} to {1 << MostLog}, the second no less, and 1; is the file damaged?");
        return new VorbisHead(channels, (int)rate, 1 << shortLog, 1 << longLog);
    }
}
