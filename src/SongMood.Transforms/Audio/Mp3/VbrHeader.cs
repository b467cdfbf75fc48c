using System.Buffers.Binary;

namespace SongMood.Audio.Mp3;

/// <summary>
/// What encoders say of the whole file in a first frame without audio: Xing or Info with the LAME extension, or VBRI.
/// </summary>
internal sealed record VbrHeader
{
    private const int XingTocLength = 100;
    private const int MostFramesUnproved = 86_400 / 24 * 1000; // of 24 ms
    private const int VbriOffset = 36; // 32 bytes after the frame header, whatever the side information's length

    /// <summary>Audio frames in the file, this one not among them; null where not said.</summary>
    public int? FrameCount { get; private init; }

    /// <summary>Bytes from this frame to the last one's end; null where not said.</summary>
    public uint? ByteCount { get; private init; }

    /// <summary>Whether it is called Info, as encoders call that of a constant bit rate.</summary>
    public bool IsConstantBitRate { get; private init; }

    /// <summary>Samples that the encoder put before the first of the original, the decoder's delay not among them.</summary>
    public int EncoderDelay { get; private init; }

    /// <summary>Samples that the encoder added at the end.</summary>
    public int EncoderPadding { get; private init; }

    /// <summary>Whether the delays are given (the LAME extension is there).</summary>
    public bool HasDelays { get; private init; }

    /// <summary>Reads one from a frame; null where the frame is an ordinary one.</summary>
    public static VbrHeader? TryRead(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (header.Layer != 3)
            return null; // only encoders of that layer write one

        // Encoders that protect the frame put the header as if there were no checksum.
        foreach (var offset in (ReadOnlySpan<int>)[FrameHeader.ByteCount + header.SideInformationLength, header.MainDataOffset])
            if (frame.Length >= offset + 8 && (frame[offset..].StartsWith("Xing"u8) || frame[offset..].StartsWith("Info"u8)))
                return ReadXing(frame[(offset + 4)..], frame[offset..].StartsWith("Info"u8));
        if (frame.Length >= VbriOffset + 18 && frame[VbriOffset..].StartsWith("VBRI"u8))
        {
            var bytes = BinaryPrimitives.ReadUInt32BigEndian(frame[(VbriOffset + 10)..]);
            return new VbrHeader
            {
                FrameCount = Believable(BinaryPrimitives.ReadInt32BigEndian(frame[(VbriOffset + 14)..]), bytes),
                ByteCount = bytes,
            };
        }
        return null;
    }

    private static VbrHeader ReadXing(ReadOnlySpan<byte> bytes, bool isConstant)
    {
        var flags = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var position = 4;
        int? frameCount = null;
        uint? byteCount = null;
        if ((flags & 1) != 0 && bytes.Length >= position + 8)
        {
            byteCount = (flags & 2) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(position + 4)..]) : null;
            frameCount = Believable(BinaryPrimitives.ReadInt32BigEndian(bytes[position..]), byteCount);
        }
        var header = new VbrHeader { FrameCount = frameCount, ByteCount = byteCount, IsConstantBitRate = isConstant };
        for (var field = 0; field < 4; field++) // frames, bytes, table of contents, quality
            if ((flags >> field & 1) != 0)
                position += field == 2 ? XingTocLength : 4;

        // The LAME tag: nine characters of the encoder's name, ..., at 21 two numbers of 12 bits.
        if (bytes.Length < position + 24 || !char.IsAsciiLetter((char)bytes[position]))
            return header;
        var delays = bytes[(position + 21)..];
        int delay = delays[0] << 4 | delays[1] >> 4, padding = (delays[1] & 15) << 8 | delays[2];
        return header with { EncoderDelay = delay, EncoderPadding = padding, HasDelays = delay + padding > 0 };
    }

    // A count is right only beside as many bytes as so many frames can have; where these are not said, below a day of the shortest.
    private static int? Believable(int frameCount, uint? byteCount)
    {
        if (frameCount <= 0)
            return null;
        if (byteCount is not { } bytes)
            return frameCount < MostFramesUnproved ? frameCount : null;
        var mean = (double)bytes / frameCount;
        return mean is >= FrameHeader.ShortestFrame and <= FrameHeader.LongestFrame ? frameCount : null;
    }
}
