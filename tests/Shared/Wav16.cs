using System.Buffers.Binary;

namespace SongMood.TestSupport;

/// <summary>WAV files of one channel and 16 bits, in memory.</summary>
internal static class Wav16
{
    /// <param name="count">How many samples there are.</param>
    /// <param name="sampleRate">How many there are a second.</param>
    /// <param name="sample">Gives each of them, in order.</param>
    public static byte[] Of(int count, int sampleRate, Func<int, short> sample)
    {
        var bytes = new byte[44 + 2 * count];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * count);
        for (var n = 0; n < count; n++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + 2 * n), sample(n));
        return bytes;
    }
}
