using System.Numerics.Tensors;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// Powers in decibels with librosa.power_to_db's defaults (reference 1, amin 1e-10, top_db 80), without an options object a song.
/// </summary>
internal static class LevelDecibels
{
    private const float MinPower = 1e-10f, TopDb = 80;

    /// <summary>The spans may be the same.</summary>
    public static void FromPower(ReadOnlySpan<float> power, Span<float> decibels)
    {
        var max = DecibelKernel.Run(power, decibels, MinPower, 0);
        TensorPrimitives.Max(decibels, max - TopDb, decibels);
    }
}
