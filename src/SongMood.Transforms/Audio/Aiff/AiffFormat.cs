using System.Buffers.Binary;
using System.Text;
using SongMood.Audio.Pcm;
using SongMood.Dsp;

namespace SongMood.Audio.Aiff;

/// <summary>What an AIFF's COMM chunk says (Apple, Audio Interchange File Format, 1989 and AIFF-C, 1991).</summary>
/// <param name="Pcm">The samples' format.</param>
/// <param name="IsBigEndian">Whether a sample's highest byte comes first, as in all but "sowt".</param>
/// <param name="SampleCount">Samples a channel.</param>
internal readonly record struct AiffFormat(PcmFormat Pcm, bool IsBigEndian, uint SampleCount)
{
    private const int PlainLength = 18, CompressionStart = 18;

    /// <param name="body">The chunk without its header.</param>
    /// <param name="isAifc">Whether it names a compression, behind its plain fields.</param>
    /// <param name="position">Where the chunk is, for errors.</param>
    /// <exception cref="AudioFormatException">The chunk cannot be, or names a codec that is not read.</exception>
    public static AiffFormat Read(ReadOnlySpan<byte> body, bool isAifc, long position)
    {
        var needed = isAifc ? CompressionStart + 4 : PlainLength;
        if (body.Length < needed)
            throw new AudioFormatException(
                $"the AIFF's COMM chunk has {body.Length} bytes, at least {needed} belong there", bytePosition: position);
        int channels = BinaryPrimitives.ReadUInt16BigEndian(body), bits = BinaryPrimitives.ReadUInt16BigEndian(body[6..]);
        var rate = Extended(body[8..]);
        if (!(rate < int.MaxValue) || !SampleRates.Contains((long)Math.Round(rate)))
            throw new AudioFormatException(
                FormattableString.Invariant($"this AIFF's sample rate is {rate} Hz; {SampleRates.Range} are read"), bytePosition: position);
        if (channels is < 1 or > PcmFormat.MostChannels)
            throw new AudioFormatException(
                $"this AIFF's COMM chunk says {channels} channels; 1 to {PcmFormat.MostChannels} are read", bytePosition: position);
        var compression = isAifc ? Encoding.Latin1.GetString(body.Slice(CompressionStart, 4)) : "NONE";
        var (encoding, sampleBytes) = (compression, bits) switch
        {
            ("in16", _) => (PcmEncoding.Integer, 2),
            ("in24" or "42ni", _) => (PcmEncoding.Integer, 3),
            ("in32" or "23ni", _) => (PcmEncoding.Integer, 4),
            ("NONE" or "twos" or "sowt", >= 1 and <= 8) => (PcmEncoding.SignedByte, 1),
            ("NONE" or "twos" or "sowt", >= 9 and <= 32) => (PcmEncoding.Integer, (bits + 7) / 8),
            ("raw ", 8) => (PcmEncoding.Integer, 1),
            ("fl32" or "FL32", _) => (PcmEncoding.Float, 4),
            ("fl64" or "FL64", _) => (PcmEncoding.Float, 8),
            ("alaw" or "ALAW", _) => (PcmEncoding.ALaw, 1),
            ("ulaw" or "ULAW", _) => (PcmEncoding.MuLaw, 1),
            _ => throw new AudioFormatException(
                $"this AIFF holds {bits}-bit samples of the kind '{compression}'; PCM of 1 to 32 bits, floats, A-law and mu-law are read; "
                + "convert it, for example with 'ffmpeg -i in.aifc out.wav'", bytePosition: position),
        };
        return new AiffFormat(
            new PcmFormat(encoding, channels, (int)Math.Round(rate), sampleBytes), compression is not ("sowt" or "23ni" or "42ni"),
            BinaryPrimitives.ReadUInt32BigEndian(body[2..]));
    }

    /// <summary>An 80-bit number: sign, 15 bits of exponent, 64 of mantissa with its highest bit shown (IEEE 754, extended).</summary>
    private static double Extended(ReadOnlySpan<byte> bytes)
    {
        var (head, mantissa) = (BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]));
        return Math.ScaleB(mantissa, (head & 0x7FFF) - 16383 - 63) * (head >> 15 == 0 ? 1 : -1);
    }
}
