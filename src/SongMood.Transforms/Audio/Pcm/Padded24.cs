using System.Buffers.Binary;

namespace SongMood.Audio.Pcm;

/// <summary>
/// 24-bit samples in four bytes. The standard puts them into the upper three; some writers put them, with their sign extended, into the
/// lower three; Adobe's editors wrote floats with a full scale of 2^23, and ffmpeg takes all such files for these. Headers are the same,
/// so the samples themselves decide; all three look unlike each other within a few samples.
/// </summary>
internal static class Padded24
{
    private const float FloatScale = 1 << 23;

    // A float that stands for a 24-bit integer, faded or filtered, is 0 or in here.
    private const float SmallestFloat = 1f / (1 << 24), LargestFloat = 1 << 25;
    private const int Enough = 1 << 16; // samples

    public static void Convert(ReadOnlySpan<byte> data, in PcmFormat format, int channel, Layout layout, Span<float> samples)
    {
        var at = channel * format.SampleBytes;
        for (var i = 0; i < samples.Length; i++, at += format.BlockLength)
            samples[i] = layout switch
            {
                Layout.Float => BinaryPrimitives.ReadSingleLittleEndian(data[at..]) / FloatScale,
                Layout.Lower => BinaryPrimitives.ReadInt32LittleEndian(data[at..]) / FloatScale,
                _ => BinaryPrimitives.ReadInt32LittleEndian(data[at..]) / 2147483648f,
            };
    }

    /// <param name="data">All of the file's samples, so that parts of it are read alike.</param>
    /// <param name="isBigEndian">Whether a sample's highest byte comes first.</param>
    public static Layout Find(ByteSource data, bool isBigEndian)
    {
        bool canBeFloat = true, canBeUpper = true, canBeLower = true;
        var seen = 0;
        for (long at = 0; at + 4 <= data.Length && seen < Enough; at += 4)
        {
            var bytes = data.At(at, 4);
            var number = isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
            if (number == 0)
                continue; // silence is the same in all three
            seen++;
            var magnitude = Math.Abs(BitConverter.Int32BitsToSingle(number));
            canBeFloat &= magnitude is >= SmallestFloat and <= LargestFloat;
            canBeUpper &= (byte)number == 0;
            canBeLower &= number << 8 >> 8 == number;
        }

        return canBeFloat ? Layout.Float : !canBeUpper && canBeLower ? Layout.Lower : Layout.Upper;
    }

    /// <summary>How the 24 bits lie in the four bytes.</summary>
    internal enum Layout
    {
        Upper,
        Lower,
        Float,
    }
}
