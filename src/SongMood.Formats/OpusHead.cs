using System.Buffers.Binary;
using SongMood.Audio;
using SongMood.Formats.Opus;

namespace SongMood.Formats;

/// <summary>The first packet of an Opus stream (RFC 7845, 5.1).</summary>
/// <param name="ChannelCount">1 to 255.</param>
/// <param name="PreSkip">Samples at the start that are not the original's.</param>
/// <param name="Gain">A factor for all samples.</param>
/// <param name="StreamCount">Opus streams in each packet.</param>
/// <param name="CoupledCount">How many of these are stereo.</param>
/// <param name="Mapping">Which decoded channel each channel is.</param>
internal sealed record OpusHead(int ChannelCount, int PreSkip, float Gain, int StreamCount, int CoupledCount, byte[] Mapping)
{
    /// <summary>What a channel that is silent has in <see cref="Mapping"/>.</summary>
    public const int Silent = 255;

    private const int PlainLength = 19;

    public static OpusHead Read(IReadOnlyList<OggPacket> packets)
    {
        if (packets.Count == 0 || packets[0].Bytes is not { Length: >= PlainLength } bytes)
            throw new AudioFormatException("this Opus file has no whole first packet; is it cut off?", bytePosition: 0);
        int channels = bytes[9], family = bytes[18];
        var preSkip = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(10));
        var gain = MathF.Pow(10, BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(16)) / (20f * 256)); // decibels, Q7.8
        if (family == 0 && channels is 1 or 2)
            return new OpusHead(channels, preSkip, gain, 1, channels - 1, channels == 1 ? [0] : [0, 1]);
        if (family is not (1 or 2 or 255) || channels == 0 || bytes.Length < PlainLength + 2 + channels)
            throw new AudioFormatException(
                $"this Opus file has {channels} channels of the mapping family {family}; mono, stereo and the families 1, 2 and 255 "
                + "are read",
                bytePosition: 0);
        var mapping = bytes.AsSpan(PlainLength + 2, channels).ToArray();
        int streams = bytes[PlainLength], coupled = bytes[PlainLength + 1];
        if (streams == 0 || coupled > streams || streams + coupled > 255
            || Array.Exists(mapping, from => from != Silent && from >= streams + coupled))
            throw new AudioFormatException(
                $"this Opus file says {streams} streams, {coupled} of them stereo, and channels from {string.Join(", ", mapping)} of them; "
                + $"a channel must be below {streams + coupled}, or {Silent} for silence; is it damaged?",
                bytePosition: 0);
        if (family == 1)
            mapping = [.. SpeakerOrder.Of(channels).Select(from => mapping[from])];
        return new OpusHead(channels, preSkip, gain, streams, coupled, mapping);
    }
}
