using System.Buffers.Binary;

namespace SongMood.Audio.Pcm;

/// <summary>From interleaved samples to floats, full scale 1.0.</summary>
internal static class PcmSamples
{
    /// <param name="data">Little-endian sample frames, from the first that is wanted.</param>
    /// <param name="format">Their format.</param>
    /// <param name="channel">The channel that is wanted.</param>
    /// <param name="samples">As many of its samples as are wanted.</param>
    public static void Convert(ReadOnlySpan<byte> data, in PcmFormat format, int channel, Span<float> samples)
    {
        var step = format.BlockLength;
        var at = channel * format.SampleBytes;
        switch (format.Encoding, format.SampleBytes)
        {
            case (PcmEncoding.ALaw, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = Companding.ALaw[data[at]];
                break;
            case (PcmEncoding.MuLaw, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = Companding.MuLaw[data[at]];
                break;
            case (PcmEncoding.SignedByte, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (sbyte)data[at] / 128f;
                break;
            case (PcmEncoding.Integer, 1): // the only unsigned width
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (data[at] - 128) / 128f;
                break;
            case (PcmEncoding.Integer, 2):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[at..]) / 32768f;
                break;
            case (PcmEncoding.Integer, 3):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (data[at] | data[at + 1] << 8 | (sbyte)data[at + 2] << 16) / 8388608f;
                break;
            case (PcmEncoding.Integer, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = BinaryPrimitives.ReadInt32LittleEndian(data[at..]) / 2147483648f;
                break;
            case (PcmEncoding.Float, 4):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = BinaryPrimitives.ReadSingleLittleEndian(data[at..]);
                break;
            case (PcmEncoding.Float, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(data[at..]);
                break;
            default:
                throw new InvalidOperationException($"{format.Encoding} of {format.SampleBytes} bytes has no conversion");
        }
    }

    /// <summary>A copy of big-endian samples with the bytes of each turned round.</summary>
    public static byte[] ToLittleEndian(ReadOnlySpan<byte> data, int sampleBytes)
    {
        var turned = data.ToArray();
        if (sampleBytes > 1)
            for (var at = 0; at + sampleBytes <= turned.Length; at += sampleBytes)
                turned.AsSpan(at, sampleBytes).Reverse();
        return turned;
    }
}
