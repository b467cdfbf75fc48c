using System.Runtime.InteropServices;

namespace SongMood.Benchmarks.Peers;

/// <summary>The reference decoder libvorbis, by libvorbisfile, fed from memory, to float samples.</summary>
internal static unsafe partial class LibVorbisFile
{
    private const string Library = "libvorbisfile.so.3";
    private const int StateLength = 4096; // bytes; an OggVorbis_File has less than 1000

    /// <summary>No way to read on: all of the file is given at first.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Callbacks
    {
        public nint Read, Seek, Close, Tell;
    }

    /// <summary>Decodes all of a file, each piece in the decoder's own place; gives the samples of a channel.</summary>
    public static int Decode(byte[] file)
    {
        const int AtOnce = 4096;
        var total = 0;
        var state = NativeMemory.AllocZeroed(StateLength);
        fixed (byte* bytes = file)
        {
            if (Open(bytes, state, bytes, file.Length, default) != 0)
                throw new InvalidOperationException("libvorbisfile does not read this file");
            for (int count; (count = Read(state, out _, AtOnce, out _)) > 0;)
                total += count;
            Clear(state);
        }

        NativeMemory.Free(state);
        return total;
    }

    [LibraryImport(Library, EntryPoint = "ov_open_callbacks")]
    private static partial int Open(void* source, void* state, byte* initial, nint length, Callbacks callbacks);

    [LibraryImport(Library, EntryPoint = "ov_read_float")]
    private static partial int Read(void* state, out float** rows, int count, out int stream);

    [LibraryImport(Library, EntryPoint = "ov_clear")]
    private static partial int Clear(void* state);
}
