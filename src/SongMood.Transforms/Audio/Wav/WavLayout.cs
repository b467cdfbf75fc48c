using System.Buffers.Binary;

namespace SongMood.Audio.Wav;

/// <summary>What a WAV file's chunks say: its sample format, and where the samples are.</summary>
internal readonly record struct WavLayout(
    bool IsMp3, bool IsFloat, int ChannelCount, int SampleRate, int BitsPerSample, int BlockLength, int DataStart, int DataLength)
{
    private const int PcmTag = 1, FloatTag = 3, Mp3Tag = 0x55, ExtensibleTag = 0xFFFE;
    private const int ChunkHeaderLength = 8;
    private const uint LengthElsewhere = 0xFFFFFFFF;
    private const int MostChannels = 64;
    private const int HighestRate = 384_000;

    /// <summary>Samples in each channel.</summary>
    public int SampleCount => DataLength / BlockLength;

    public static WavLayout Read(ReadOnlySpan<byte> bytes)
    {
        WavLayout? format = null;
        long dataLength64 = -1;
        long position = 12;
        while (position + ChunkHeaderLength <= bytes.Length)
        {
            var chunk = bytes[(int)position..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var body = chunk[ChunkHeaderLength..];
            if (chunk.StartsWith("ds64"u8) && body.Length >= 16)
                dataLength64 = BinaryPrimitives.ReadInt64LittleEndian(body[8..]); // RF64 (EBU Tech 3306): riff size, data size
            else if (chunk.StartsWith("fmt "u8))
                format = ReadFormat(body[..(int)Math.Min(length, body.Length)], position);
            else if (chunk.StartsWith("data"u8))
            {
                if (format is not { } known)
                    throw new AudioFormatException(
                        "this WAV has its data before its fmt chunk; save it again with a common tool", bytePosition: position);
                if (length == LengthElsewhere && dataLength64 >= 0)
                    length = dataLength64;
                return known with { DataStart = (int)position + ChunkHeaderLength, DataLength = (int)Math.Min(length, body.Length) };
            }

            position += ChunkHeaderLength + length + (length & 1); // chunks begin at even bytes
        }

        throw new AudioFormatException(
            $"this WAV has no {(format is null ? "fmt" : "data")} chunk in its {bytes.Length} bytes; is it cut off?",
            bytePosition: Math.Min(position, bytes.Length));
    }

    private static WavLayout ReadFormat(ReadOnlySpan<byte> body, long position)
    {
        if (body.Length < 16)
            throw new AudioFormatException(
                $"the WAV's fmt chunk has {body.Length} bytes, at least 16 belong there", bytePosition: position);
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        int block = BinaryPrimitives.ReadUInt16LittleEndian(body[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(body[14..]);
        if (tag == ExtensibleTag && body.Length >= 26)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]); // the sub-format's first two bytes are a plain tag
        if (tag == Mp3Tag)
            return new WavLayout(true, false, 0, 0, 0, 1, 0, 0);
        var isKnown = (tag, bits) is (PcmTag, 8 or 16 or 24 or 32) or (FloatTag, 32 or 64);
        if (!isKnown)
            throw new AudioFormatException(
                $"this WAV holds {bits}-bit samples of format {tag}; PCM (1) of 8, 16, 24 or 32 bits and float (3) of 32 or 64 are read",
                bytePosition: position);
        if (channels is < 1 or > MostChannels || rate is < 1 or > HighestRate || block != channels * bits / 8)
            throw new AudioFormatException(
                $"this WAV's fmt chunk cannot be: {channels} channels, {rate} Hz, {block} bytes a sample frame of {bits}-bit samples",
                bytePosition: position);
        return new WavLayout(false, tag == FloatTag, channels, (int)rate, bits, block, 0, 0);
    }
}
