using System.Buffers.Binary;

namespace SongMood.Audio.Wav;

/// <summary>
/// Writes WAV files of 32-bit floats (Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" and its 1994 update).
/// </summary>
internal static class FloatWav
{
    /// <summary>RIFF, WAVE, a format chunk of 18 bytes, a fact chunk of 4, and the header of the data chunk.</summary>
    private const int HeaderLength = 12 + (8 + 18) + (8 + 4) + 8;

    private const ushort IeeeFloat = 3;

    /// <summary>The length of the file in bytes.</summary>
    /// <exception cref="InvalidDataException">It is more than the 32-bit sizes in a WAV file can say.</exception>
    public static long LengthOf(long sampleCount, int channelCount)
    {
        var length = HeaderLength + sampleCount * channelCount * sizeof(float);
        return length - 8 <= uint.MaxValue ? length : throw new InvalidDataException(
            $"The WAV file would have {length} bytes ({Plural.Of(sampleCount, "sample")} of {Plural.Of(channelCount, "channel")}, 4 "
            + "bytes each); a WAV file can have 4 GiB. Decode a shorter file.");
    }

    public static void Write(Stream stream, Waveform audio, CancellationToken cancellation = default)
    {
        var length = LengthOf(audio.SampleCount, audio.ChannelCount);
        var block = audio.ChannelCount * sizeof(float);
        var header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(length - 8));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 18);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), IeeeFloat);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), checked((ushort)audio.ChannelCount));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), (uint)audio.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), (uint)(audio.SampleRate * (long)block));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), checked((ushort)block));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 8 * sizeof(float));
        "fact"u8.CopyTo(header.AsSpan(38)); // wanted of every format but PCM: samples of each channel
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(46), (uint)audio.SampleCount);
        "data"u8.CopyTo(header.AsSpan(50));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(54), (uint)(length - HeaderLength));
        stream.Write(header);

        const int Piece = 16384;
        var interleaved = new float[Piece * audio.ChannelCount];
        for (var start = 0; start < audio.SampleCount; start += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(Piece, audio.SampleCount - start);
            for (var channel = 0; channel < audio.ChannelCount; channel++)
            {
                var samples = audio.Channel(channel).Slice(start, count);
                for (var n = 0; n < count; n++)
                    interleaved[n * audio.ChannelCount + channel] = samples[n];
            }
            LittleEndian.Write(stream, interleaved.AsSpan(0, count * audio.ChannelCount));
        }
    }
}
