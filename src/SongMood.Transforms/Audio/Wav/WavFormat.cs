using System.Buffers.Binary;
using SongMood.Audio.Pcm;
using SongMood.Dsp;

namespace SongMood.Audio.Wav;

/// <summary>Reads a WAV's fmt chunk.</summary>
internal static class WavFormat
{
    private const int PlainLength = 16, GuidStart = 24, GuidLength = 16;
    private const string Advice = "; convert it to PCM, for example with 'ffmpeg -i in.wav -c:a pcm_s16le out.wav'";

    // The last 14 bytes of a sub-format that begins with a plain tag: Microsoft's, and the one of ambisonic files.
    private static ReadOnlySpan<byte> PlainGuidEnd => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private static ReadOnlySpan<byte> AmbisonicGuidEnd => [0, 0, 0x21, 0x07, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0, 0, 0];

    /// <param name="body">The chunk without its header.</param>
    /// <param name="isBigEndian">Whether the file is RIFX.</param>
    /// <param name="position">Where the chunk is, for errors.</param>
    /// <exception cref="AudioFormatException">The chunk cannot be, or names a codec that is not read.</exception>
    public static PcmFormat Read(ReadOnlySpan<byte> body, bool isBigEndian, long position)
    {
        if (body.Length < PlainLength)
            throw new AudioFormatException(
                $"the WAV's fmt chunk has {body.Length} bytes, at least {PlainLength} belong there", bytePosition: position);
        int tag = UInt16(body, 0, isBigEndian), channels = UInt16(body, 2, isBigEndian);
        var rate = isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(body[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int block = UInt16(body, 12, isBigEndian), bits = UInt16(body, 14, isBigEndian);
        var validBits = bits;
        if (tag == WavCodecs.Extensible && body.Length >= GuidStart + GuidLength)
        {
            validBits = UInt16(body, 18, isBigEndian);
            tag = PlainTag(body.Slice(GuidStart, GuidLength), isBigEndian, position);
        }

        if (tag == WavCodecs.Mp3)
            return new PcmFormat(PcmEncoding.Mp3, 1, 0, 1); // the frames say the rest
        if (!SampleRates.Contains(rate))
            throw new AudioFormatException(
                $"this WAV's sample rate is {rate} Hz; {SampleRates.Range} are read", bytePosition: position);
        if (channels is < 1 or > PcmFormat.MostChannels)
            throw new AudioFormatException(
                $"this WAV's fmt chunk says {channels} channels; 1 to {PcmFormat.MostChannels} are read", bytePosition: position);
        var encoding = EncodingOf(tag, bits, position);
        var sampleBytes = (bits + 7) / 8;
        if (encoding is PcmEncoding.ALaw or PcmEncoding.MuLaw)
            sampleBytes = 1; // some writers give the bits of the decoded samples
        else if (encoding == PcmEncoding.Integer && sampleBytes == 3 && block == 4 * channels)
            sampleBytes = 4;
        if (block != 0 && block != channels * sampleBytes)
            throw new AudioFormatException(
                $"this WAV's fmt chunk contradicts itself: {Plural.Of(channels, "channel")} of {bits}-bit samples take "
                + $"{channels * sampleBytes} bytes, but its block alignment is {block}", bytePosition: position);
        if (encoding == PcmEncoding.Integer && sampleBytes == 4 && (bits < 32 || validBits == 24))
            encoding = PcmEncoding.Padded24;
        return new PcmFormat(encoding, channels, (int)rate, sampleBytes);
    }

    private static PcmEncoding EncodingOf(int tag, int bits, long position) => (tag, bits) switch
    {
        (WavCodecs.Pcm, >= 1 and <= 32) => PcmEncoding.Integer,
        (WavCodecs.Float, 32 or 64) => PcmEncoding.Float,
        (WavCodecs.ALaw, _) => PcmEncoding.ALaw,
        (WavCodecs.MuLaw, _) => PcmEncoding.MuLaw,
        (WavCodecs.Pcm or WavCodecs.Float, _) => throw new AudioFormatException(
            $"this WAV holds {(tag == WavCodecs.Pcm ? "PCM" : "float")} samples of {bits} bits; PCM of 1 to 32 and float of 32 or 64 are "
            + "read", bytePosition: position),
        _ => throw new AudioFormatException(
            $"this WAV holds {WavCodecs.Name(tag)} (format tag 0x{tag:X4}); PCM, float, A-law, mu-law and MP3 are read" + Advice,
            bytePosition: position),
    };

    private static int PlainTag(ReadOnlySpan<byte> guid, bool isBigEndian, long position)
    {
        // RIFX files have the GUID's first fields turned round, or, from some writers, the whole of it as in RIFF.
        if (guid[2..].SequenceEqual(PlainGuidEnd) || guid[2..].SequenceEqual(AmbisonicGuidEnd))
            return BinaryPrimitives.ReadUInt16LittleEndian(guid);
        if (isBigEndian && guid[8..].SequenceEqual(PlainGuidEnd[6..]))
            return BinaryPrimitives.ReadUInt16BigEndian(guid[2..]);
        throw new AudioFormatException(
            $"this WAV's samples are of the sub-format {new Guid(guid, isBigEndian)}, which is not read" + Advice, bytePosition: position);
    }

    private static int UInt16(ReadOnlySpan<byte> body, int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(body[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
}
