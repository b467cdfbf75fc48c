using System.Numerics.Tensors;

namespace SongMood.Dsp;

/// <summary>Powers and amplitudes in decibels and back (librosa's power_to_db, amplitude_to_db, db_to_power, db_to_amplitude).</summary>
/// <example><code>
/// float[] power = [1, 0.1f, 0.001f];
/// var decibels = new float[power.Length];
/// Decibels.FromPower(power, decibels); // 0, -10, -30
/// </code></example>
public static class Decibels
{
    private const double DefaultMinPower = 1e-10;
    private const double DefaultMinAmplitude = 1e-5;
    private static readonly DecibelOptions Default = new();

    /// <summary>10 log10(power / reference), limited as the options say. The spans may be the same.</summary>
    /// <param name="power">Powers, not negative.</param>
    /// <param name="decibels">As many values as <paramref name="power"/>.</param>
    /// <param name="options">Null for librosa's defaults.</param>
    /// <exception cref="ArgumentException">A power is NaN (its index is named), lengths differ, or options are out of range.</exception>
    public static void FromPower(ReadOnlySpan<float> power, Span<float> decibels, DecibelOptions? options = null)
    {
        options ??= Default;
        options.Validate();
        RequireSameLength(power.Length, decibels.Length);
        if (power.IsEmpty)
            return;
        var max = Max(power);
        Convert(power, decibels, options.AMin ?? DefaultMinPower, options.ReferenceIsMax ? max : Math.Abs(options.Reference),
            options.TopDb);
    }

    /// <summary>20 log10(amplitude / reference), limited as the options say; signs do not count. The spans may be the same.</summary>
    /// <inheritdoc cref="FromPower" path="/exception|/remarks|/returns"/>
    /// <param name="amplitude">Amplitudes.</param>
    /// <param name="decibels">As many values as <paramref name="amplitude"/>.</param>
    /// <param name="options">Null for librosa's defaults.</param>
    public static void FromAmplitude(ReadOnlySpan<float> amplitude, Span<float> decibels, DecibelOptions? options = null)
    {
        options ??= Default;
        options.Validate();
        RequireSameLength(amplitude.Length, decibels.Length);
        if (amplitude.IsEmpty)
            return;
        TensorPrimitives.Multiply(amplitude, amplitude, decibels);
        var max = Max(decibels);
        var amin = options.AMin ?? DefaultMinAmplitude;
        Convert(decibels, decibels, amin * amin, options.ReferenceIsMax ? max : options.Reference * options.Reference, options.TopDb);
    }

    /// <summary>reference x 10^(decibels / 10). The spans may be the same.</summary>
    public static void ToPower(ReadOnlySpan<float> decibels, Span<float> power, double reference = 1)
    {
        RequireSameLength(decibels.Length, power.Length);
        TensorPrimitives.Multiply(decibels, 0.1f, power);
        TensorPrimitives.Exp10(power, power);
        TensorPrimitives.Multiply(power, (float)reference, power);
    }

    /// <summary>reference x 10^(decibels / 20). The spans may be the same.</summary>
    public static void ToAmplitude(ReadOnlySpan<float> decibels, Span<float> amplitude, double reference = 1)
    {
        RequireSameLength(decibels.Length, amplitude.Length);
        TensorPrimitives.Multiply(decibels, 0.05f, amplitude);
        TensorPrimitives.Exp10(amplitude, amplitude);
        TensorPrimitives.Multiply(amplitude, (float)reference, amplitude);
    }

    private static void Convert(ReadOnlySpan<float> power, Span<float> decibels, double minPower, double reference, double? topDb)
    {
        var max = DecibelKernel.Run(power, decibels, (float)minPower, (float)(10 * Math.Log10(Math.Max(minPower, reference))));
        if (topDb is { } top)
            TensorPrimitives.Max(decibels, max - (float)top, decibels);
    }

    /// <summary>The largest value; it is NaN where any is, which is refused.</summary>
    private static float Max(ReadOnlySpan<float> values)
    {
        var max = TensorPrimitives.Max(values);
        if (!float.IsNaN(max))
            return max;
        for (var i = 0; ; i++)
            if (float.IsNaN(values[i]))
                throw new ArgumentException($"Value {i} of {values.Length} is NaN, which has no decibels.", nameof(values));
    }

    private static void RequireSameLength(int from, int to)
    {
        if (from != to)
            throw new ArgumentException($"{from} values given, but room for {to}.");
    }
}
