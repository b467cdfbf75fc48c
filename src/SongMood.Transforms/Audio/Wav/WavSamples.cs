using System.Buffers.Binary;

namespace SongMood.Audio.Wav;

/// <summary>From a WAV's interleaved samples to floats, full scale 1.0.</summary>
internal static class WavSamples
{
    public static void Convert(ReadOnlySpan<byte> data, in WavLayout layout, int channel, Span<float> samples)
    {
        var step = layout.BlockLength;
        var at = channel * layout.BitsPerSample / 8;
        switch (layout.IsFloat, layout.BitsPerSample)
        {
            case (false, 8): // the only unsigned width
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (data[at] - 128) / 128f;
                break;
            case (false, 16):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[at..]) / 32768f;
                break;
            case (false, 24):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = (data[at] | data[at + 1] << 8 | (sbyte)data[at + 2] << 16) / 8388608f;
                break;
            case (false, _):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = BinaryPrimitives.ReadInt32LittleEndian(data[at..]) / 2147483648f;
                break;
            case (true, 32):
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = Finite(BinaryPrimitives.ReadSingleLittleEndian(data[at..]));
                break;
            default:
                for (var i = 0; i < samples.Length; i++, at += step)
                    samples[i] = Finite((float)BinaryPrimitives.ReadDoubleLittleEndian(data[at..]));
                break;
        }
    }

    // A NaN or an infinity would spread over every spectrum and feature after it.
    private static float Finite(float sample) => float.IsFinite(sample) ? sample : 0f;
}
