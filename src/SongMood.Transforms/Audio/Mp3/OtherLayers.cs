namespace SongMood.Audio.Mp3;

/// <summary>Recognises streams that look like Layer III but are not, to name them: MPEG Layers I and II, and AAC (ADTS).</summary>
internal static class OtherLayers
{
    // Frames in a row by which a stream is known where it begins the input, and anywhere else: programs and images are full of bytes of
    // 0xFF, and a stream that somebody cut out goes on for long.
    private const int ChainAtStart = 4, ChainElsewhere = 16;

    // What frames of a stream share: sync, version and layer, and the sampling rate. Streams of Layers I and II have one bit rate, too, but
    // where somebody tries decoders with them.
    private const uint SharedAtStart = 0xFFFE0C00, SharedElsewhere = 0xFFFEFC00;

    /// <summary>The bytes from the start that are searched.</summary>
    public const int SearchLength = 1 << 16;

    /// <summary>The name of what is found, or null.</summary>
    public static string? Name(ReadOnlySpan<byte> bytes) => Find(bytes) is { } stream ? Name(stream) : null;

    /// <summary>What a stream is called.</summary>
    public static string Name(OtherStream stream) => stream switch
    {
        OtherStream.Layer1 => "an MPEG Layer I file",
        OtherStream.Layer2 => "an MPEG Layer II file (MP2)",
        _ => "an AAC file (ADTS)",
    };

    /// <summary>What is found, or null.</summary>
    public static OtherStream? Find(ReadOnlySpan<byte> bytes)
    {
        for (var position = 0; position < Math.Min(bytes.Length, SearchLength); position++)
        {
            if (bytes[position] != 0xFF)
                continue;
            var (length, shared) = position == 0 ? (ChainAtStart, SharedAtStart) : (ChainElsewhere, SharedElsewhere);
            if (IsChain(bytes[position..], LayerFrameLength, length, shared))
                return (bytes[position + 1] >> 1 & 3) == 3 ? OtherStream.Layer1 : OtherStream.Layer2;
            if (IsChain(bytes[position..], AdtsFrameLength, length, shared))
                return OtherStream.Adts;
        }

        return null;
    }

    private static bool IsChain(ReadOnlySpan<byte> bytes, Func<uint, int> frameLength, int chainLength, uint shared)
    {
        uint first = 0;
        for (var i = 0; i < chainLength; i++)
        {
            if (bytes.Length < 8)
                return i >= chainLength / 2 && bytes.IsEmpty;
            var word = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (i == 0)
                first = word;
            var length = frameLength(word) is var known and >= 0 ? known : AdtsLength(bytes);
            if (length < 8 || ((word ^ first) & shared) != 0)
                return false;
            bytes = bytes[Math.Min(length, bytes.Length)..];
        }

        return true;
    }

    // In free format the length is not said; such a stream is known only to who looks for it.
    private static int LayerFrameLength(uint word)
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.ByteCount];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
        return FrameHeader.TryRead(bytes, out var header) && header.Layer != 3 && !header.IsFreeFormat ? header.FrameLength(0) : 0;
    }

    // ISO/IEC 13818-7, 6.2: twelve sync bits, layer 0; the length has 13 bits from bit 30 on, so it is read with the bytes at hand.
    private static int AdtsFrameLength(uint word) => word >> 20 == 0xFFF && (word >> 17 & 3) == 0 && (word >> 10 & 15) < 13 ? -1 : 0;

    private static int AdtsLength(ReadOnlySpan<byte> bytes) => (bytes[3] & 3) << 11 | bytes[4] << 3 | bytes[5] >> 5;
}
