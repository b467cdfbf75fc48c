using System.Runtime.InteropServices;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>libsoxr itself, where it is installed: the reference for ratios that no stored case covers.</summary>
internal static unsafe partial class SoxrPeer
{
    private const uint HighQuality = 4; // SOXR_HQ in soxr.h

    public static bool IsInstalled { get; } = NativeLibrary.TryLoad("libsoxr.so.0", out _);

    /// <summary>
    /// What librosa.resample(..., res_type="soxr_hq") gives: soxr's samples, with zeros up to the length that librosa expects.
    /// </summary>
    public static float[] Resample(float[] samples, int fromHz, int toHz)
    {
        var target = new float[(int)Math.Ceiling(samples.Length * ((double)toHz / fromHz)) + 64];
        var quality = soxr_quality_spec(HighQuality, 0);
        fixed (float* from = samples, to = target)
        {
            var error = soxr_oneshot(fromHz, toHz, 1, from, (nuint)samples.Length, null, to, (nuint)target.Length, out var done,
                null, &quality, null);
            Assert.True(error == 0, "soxr_oneshot failed");
            var result = new float[(int)Math.Ceiling(samples.Length * ((double)toHz / fromHz))];
            target.AsSpan(0, Math.Min((int)done, result.Length)).CopyTo(result);
            return result;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Quality
    {
        public double Precision, PhaseResponse, PassBandEnd, StopBandBegin;
        public nint Internal;
        public nuint Flags;
    }

    [LibraryImport("libsoxr.so.0")]
    private static partial Quality soxr_quality_spec(nuint recipe, nuint flags);

    [LibraryImport("libsoxr.so.0")]
    private static partial nint soxr_oneshot(double inputRate, double outputRate, uint channels, float* input, nuint inputLength,
        nuint* inputDone, float* output, nuint outputLength, out nuint outputDone, void* ioSpec, Quality* quality, void* runtime);
}
