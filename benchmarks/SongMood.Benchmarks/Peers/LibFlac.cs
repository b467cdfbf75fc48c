using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SongMood.Benchmarks.Peers;

/// <summary>The reference decoder libFLAC, fed from memory, its whole numbers made floats as ours are.</summary>
internal static unsafe partial class LibFlac
{
    private const string Library = "libFLAC";

    [ThreadStatic] private static byte[]? _bytes;
    [ThreadStatic] private static int _position;
    [ThreadStatic] private static int _count;
    [ThreadStatic] private static float[][]? _samples;

    static LibFlac() => NativeLibrary.SetDllImportResolver(typeof(LibFlac).Assembly, (name, _, _) =>
        name != Library ? 0 : NativeLibrary.TryLoad("libFLAC.so.14", out var handle) || NativeLibrary.TryLoad("libFLAC.so.12", out handle)
            ? handle : throw new DllNotFoundException("libFLAC.so.14 or libFLAC.so.12 must be installed"));

    /// <summary>Decodes all of a stereo FLAC of 16 bits into rows of floats; gives the samples of a channel.</summary>
    /// <param name="flac">The file.</param>
    /// <param name="samples">Two rows.</param>
    /// <param name="checksMd5">Whether it computes the MD5 of all samples, as we do.</param>
    public static int Decode(byte[] flac, float[][] samples, bool checksMd5)
    {
        (_bytes, _position, _count, _samples) = (flac, 0, 0, samples);
        var decoder = New();
        SetMd5Checking(decoder, checksMd5 ? 1 : 0);
        InitStream(decoder, &Read, 0, 0, 0, 0, &Write, 0, &OnError, 0);
        ProcessAll(decoder);
        if (Finish(decoder) == 0)
            throw new InvalidOperationException("libFLAC finds another MD5");
        Delete(decoder);
        return _count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint decoder, byte* buffer, nuint* count, nint client)
    {
        var taken = (int)Math.Min((long)*count, _bytes!.Length - _position);
        _bytes.AsSpan(_position, taken).CopyTo(new Span<byte>(buffer, taken));
        _position += taken;
        *count = (nuint)taken;
        return taken == 0 ? 1 : 0; // end of stream, or go on
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint decoder, int* frame, int** channels, nint client)
    {
        var blockSize = frame[0]; // the header's first field
        for (var channel = 0; channel < 2; channel++)
        {
            var target = _samples![channel].AsSpan(_count, blockSize);
            for (var i = 0; i < target.Length; i++)
                target[i] = channels[channel][i] * (1f / 32768);
        }

        _count += blockSize;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(nint decoder, int status, nint client) => Console.Error.WriteLine($"libFLAC: error {status}");

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_new")]
    private static partial nint New();

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_set_md5_checking")]
    private static partial int SetMd5Checking(nint decoder, int value);

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_init_stream")]
    private static partial int InitStream(nint decoder, delegate* unmanaged[Cdecl]<nint, byte*, nuint*, nint, int> read, nint seek,
        nint tell, nint length, nint eof, delegate* unmanaged[Cdecl]<nint, int*, int**, nint, int> write, nint metadata,
        delegate* unmanaged[Cdecl]<nint, int, nint, void> error, nint client);

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_process_until_end_of_stream")]
    private static partial int ProcessAll(nint decoder);

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_finish")]
    private static partial int Finish(nint decoder);

    [LibraryImport(Library, EntryPoint = "FLAC__stream_decoder_delete")]
    private static partial void Delete(nint decoder);
}
