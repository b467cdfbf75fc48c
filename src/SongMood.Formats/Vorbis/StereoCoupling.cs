using System.Numerics;
using System.Runtime.InteropServices;

namespace SongMood.Formats.Vorbis;

/// <summary>From a magnitude and an angle to two channels, as on the sides of a square (Vorbis I specification, 4.3.5).</summary>
internal static class StereoCoupling
{
    /// <summary>Makes two channels' lines of their magnitudes and angles, which are in their places.</summary>
    public static void Undo(Span<float> magnitudes, Span<float> angles)
    {
        var first = MemoryMarshal.Cast<float, Vector<float>>(magnitudes);
        var second = MemoryMarshal.Cast<float, Vector<float>>(angles);
        for (var i = 0; i < first.Length; i++)
        {
            var (magnitude, angle) = (first[i], second[i]);
            var signed = Vector.ConditionalSelect(Vector.GreaterThan(magnitude, Vector<float>.Zero), angle, -angle);
            var isPositive = Vector.GreaterThan(angle, Vector<float>.Zero);
            first[i] = Vector.ConditionalSelect(isPositive, magnitude, magnitude + signed);
            second[i] = Vector.ConditionalSelect(isPositive, magnitude - signed, magnitude);
        }

        for (var i = first.Length * Vector<float>.Count; i < magnitudes.Length; i++)
        {
            var (magnitude, angle) = (magnitudes[i], angles[i]);
            var signed = magnitude > 0 ? angle : -angle;
            (magnitudes[i], angles[i]) = angle > 0 ? (magnitude, magnitude - signed) : (magnitude + signed, magnitude);
        }
    }
}
