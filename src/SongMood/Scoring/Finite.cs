using System.Numerics;

namespace SongMood.Scoring;

/// <summary>Whether values are numbers at all.</summary>
internal static class Finite
{
    public static bool All(ReadOnlySpan<float> values) => FirstNot(values) < 0;

    /// <summary>The index of the first NaN or infinity, or -1.</summary>
    public static int FirstNot(ReadOnlySpan<float> values)
    {
        // x * 0 is 0 for every finite x, and NaN for the others: a sum of those stays NaN once it is.
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            if (!Vector.EqualsAll(new Vector<float>(values[i..]) * Vector<float>.Zero, Vector<float>.Zero))
                break;
        for (; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                return i;
        return -1;
    }
}
