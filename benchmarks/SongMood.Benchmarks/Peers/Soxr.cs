using System.Runtime.InteropServices;

namespace SongMood.Benchmarks.Peers;

/// <summary>The peer resampler libsoxr, at its HQ quality, where it is installed.</summary>
internal static unsafe partial class Soxr
{
    private const string Library = "libsoxr.so.0";
    private const nuint HighQuality = 4; // SOXR_HQ in soxr.h

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Resamples a whole signal; gives the samples made.</summary>
    public static int Resample(ReadOnlySpan<float> samples, int fromHz, int toHz, Span<float> target)
    {
        var quality = QualitySpec(HighQuality, 0);
        fixed (float* from = samples, to = target)
        {
            var error = OneShot(
                fromHz, toHz, 1, from, (nuint)samples.Length, null, to, (nuint)target.Length, out var done, null, &quality, null);
            return error == 0 ? (int)done : throw new InvalidOperationException("soxr_oneshot failed");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Quality
    {
        public double Precision, PhaseResponse, PassBandEnd, StopBandBegin;
        public nint Internal;
        public nuint Flags;
    }

    [LibraryImport(Library, EntryPoint = "soxr_quality_spec")]
    private static partial Quality QualitySpec(nuint recipe, nuint flags);

    [LibraryImport(Library, EntryPoint = "soxr_oneshot")]
    private static partial nint OneShot(double inputRate, double outputRate, uint channels, float* input, nuint inputLength,
        nuint* inputDone, float* output, nuint outputLength, out nuint outputDone, void* ioSpec, Quality* quality, void* runtime);
}
