using System.Runtime.InteropServices;

namespace SongMood.Benchmarks.Peers;

/// <summary>The peer decoder libopus, the normative reference of RFC 6716, to float samples.</summary>
internal static unsafe partial class LibOpus
{
    private const string Library = "libopus.so.0";

    /// <summary>Decodes packets of stereo, each over the one before; gives the samples of one channel in all.</summary>
    public static int Decode(byte[][] packets, float[] output)
    {
        var decoder = Create(48_000, 2, out _);
        try
        {
            var total = 0;
            fixed (float* samples = output)
                foreach (var packet in packets)
                    fixed (byte* bytes = packet)
                        total += Decode(decoder, bytes, packet.Length, samples, output.Length / 2, 0);
            return total;
        }
        finally
        {
            Destroy(decoder);
        }
    }

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    private static partial nint Create(int rate, int channels, out int error);

    [LibraryImport(Library, EntryPoint = "opus_decode_float")]
    private static partial int Decode(nint decoder, byte* bytes, int length, float* samples, int mostSamples, int usesCopies);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    private static partial void Destroy(nint decoder);
}
