using System.Buffers.Binary;
using System.Text;
using SongMood.Audio;

namespace SongMood.Cli.Spectrogram;

/// <summary>Writes NumPy's format for arrays (numpy.lib.format, version 1.0).</summary>
internal static class Npy
{
    private const int Alignment = 64;

    /// <summary>Writes an array of <c>float32</c>, the last dimension running fastest.</summary>
    public static void Write(Stream stream, ReadOnlySpan<float> values, int rows, int columns)
    {
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        const int Prefix = 10; // magic, version, length of what follows
        var length = (Prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment - Prefix;
        Span<byte> prefix = stackalloc byte[Prefix];
        prefix[0] = 0x93;
        "NUMPY\x01\x00"u8.CopyTo(prefix[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(prefix[8..], (ushort)length);
        stream.Write(prefix);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n"));
        LittleEndian.Write(stream, values);
    }
}
