using System.Runtime.InteropServices;

namespace SongMood.Benchmarks.Peers;

/// <summary>The peer decoder libmpg123 (its fastest, AVX, on this kind of machine), to float samples, fed from memory.</summary>
internal static unsafe partial class Mpg123
{
    private const string Library = "libmpg123.so.0";
    private const int Ok = 0, NewFormat = -11, NeedMore = -10, Done = -12;
    private const int AddFlags = 2, ForceFloat = 0x400, Quiet = 0x20;

    private static readonly bool IsLoaded = NativeLibrary.TryLoad(Library, out _) && Initialise() == Ok;

    public static bool IsInstalled => IsLoaded;

    /// <summary>Decodes all of an MP3 into interleaved floats; gives the samples in all.</summary>
    public static int Decode(byte[] mp3, float[] output)
    {
        var handle = New(null, out _);
        try
        {
            Param(handle, AddFlags, ForceFloat | Quiet, 0);
            OpenFeed(handle);
            fixed (byte* bytes = mp3)
            fixed (float* samples = output)
            {
                Feed(handle, bytes, (nuint)mp3.Length);
                nuint total = 0;
                var capacity = (nuint)output.Length * sizeof(float);
                while (true)
                {
                    var result = Read(handle, (byte*)samples + total, capacity - total, out var done);
                    total += done;
                    if (result == NewFormat)
                        continue;
                    if (result is NeedMore or Done || done == 0)
                        return (int)(total / sizeof(float));
                }
            }
        }
        finally
        {
            Delete(handle);
        }
    }

    [LibraryImport(Library, EntryPoint = "mpg123_init")]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "mpg123_new", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint New(string? decoder, out int error);

    [LibraryImport(Library, EntryPoint = "mpg123_delete")]
    private static partial void Delete(nint handle);

    [LibraryImport(Library, EntryPoint = "mpg123_param")]
    private static partial int Param(nint handle, int type, nint value, double floatValue);

    [LibraryImport(Library, EntryPoint = "mpg123_open_feed")]
    private static partial int OpenFeed(nint handle);

    [LibraryImport(Library, EntryPoint = "mpg123_feed")]
    private static partial int Feed(nint handle, byte* bytes, nuint size);

    [LibraryImport(Library, EntryPoint = "mpg123_read")]
    private static partial int Read(nint handle, byte* output, nuint size, out nuint done);
}
