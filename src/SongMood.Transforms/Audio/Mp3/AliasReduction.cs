using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SongMood.Audio.Mp3;

/// <summary>The eight butterflies between neighbouring subbands of long blocks (ISO/IEC 11172-3, 2.4.3.4.10.1 and Figure A.5).</summary>
internal static class AliasReduction
{
    // Table B.9 of 11172-3.
    private static ReadOnlySpan<double> Coefficients => [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037];

    private static readonly float[] Cs = [.. Coefficients.ToArray().Select(c => (float)(1 / Math.Sqrt(1 + c * c)))];
    private static readonly float[] Ca = [.. Coefficients.ToArray().Select(c => (float)(c / Math.Sqrt(1 + c * c)))];

    /// <summary>
    /// Applies them to a granule's lines, of which those from <paramref name="count"/> on are zero: at all boundaries of long blocks,
    /// the lowest one of mixed blocks, none of short ones.
    /// </summary>
    /// <returns>The count afterwards, in whole subbands.</returns>
    public static int Apply(Span<float> lines, int count, in GranuleChannel info)
    {
        var boundaryCount = info.IsShort ? (info.IsMixed ? 1 : 0) : Math.Min(31, (count + 17) / 18);
        var cs = Vector256.Create(Cs);
        var ca = Vector256.Create(Ca);
        var reversed = Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0);
        ref var first = ref MemoryMarshal.GetReference(lines[..576]);
        for (var boundary = 1; boundary <= boundaryCount; boundary++)
        {
            var middle = (nuint)(18 * boundary);
            var below = Vector256.Shuffle(Vector256.LoadUnsafe(ref first, middle - 8), reversed);
            var above = Vector256.LoadUnsafe(ref first, middle);
            Vector256.Shuffle(below * cs - above * ca, reversed).StoreUnsafe(ref first, middle - 8);
            (above * cs + below * ca).StoreUnsafe(ref first, middle);
        }

        return Math.Max((count + 17) / 18, boundaryCount + 1) * 18;
    }
}
