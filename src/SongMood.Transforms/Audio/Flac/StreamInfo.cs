using System.Buffers.Binary;

namespace SongMood.Audio.Flac;

/// <summary>What the first metadata block says of the stream (RFC 9639, 8.2); 0 stands for what the encoder did not know.</summary>
/// <param name="SampleRate">In Hz.</param>
/// <param name="ChannelCount">1 to 8.</param>
/// <param name="BitsPerSample">4 to 32.</param>
/// <param name="SampleCount">Samples a channel.</param>
/// <param name="Digest">MD5 of the samples; empty where it is not known.</param>
internal sealed record StreamInfo(int SampleRate, int ChannelCount, int BitsPerSample, long SampleCount, byte[] Digest)
{
    public const int Length = 34;

    private const int DigestStart = 18;

    public static StreamInfo Read(ReadOnlySpan<byte> body)
    {
        // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples
        var word = BinaryPrimitives.ReadUInt64BigEndian(body[10..]);
        var digest = body[DigestStart..Length];
        return new StreamInfo((int)(word >> 44), (int)(word >> 41 & 7) + 1, (int)(word >> 36 & 31) + 1, (long)(word & 0xFFFFFFFFF),
            digest.ContainsAnyExcept((byte)0) ? digest.ToArray() : []);
    }
}
