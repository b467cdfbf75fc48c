using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// The short filter (RFC 6716, 4.2.7.9.2) in vectors. Each product of 32 by 16 bits is rounded down to the upper 32 of 48: that of the
/// upper 16 bits is exact, that of the lower 16 is shifted.
/// </summary>
internal readonly struct ShortPredictor
{
    private const int Order = SilkIndices.MostOrder;

    private readonly Vector256<int> _early, _late;
    private readonly int _bias;

    /// <param name="filter">10 or 16 coefficients, Q12.</param>
    public ShortPredictor(ReadOnlySpan<short> filter)
    {
        Span<int> backwards = stackalloc int[Order];
        backwards.Clear();
        for (var i = 0; i < filter.Length; i++)
            backwards[Order - 1 - i] = filter[i];
        (_early, _late) = (Vector256.Create<int>(backwards), Vector256.Create<int>(backwards[8..]));
        _bias = filter.Length / 2; // as each product is rounded down
    }

    /// <summary>The next value, Q14.</summary>
    /// <param name="state">The last 16 values, Q14.</param>
    /// <param name="residual">What is added to what is predicted, Q14.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(ReadOnlySpan<int> state, int residual)
    {
        var sum = Products(Vector256.Create(state), _early) + Products(Vector256.Create(state[8..]), _late);
        var predicted = unchecked(_bias + Vector256.Sum(sum));
        return FixedPoint.Saturate((long)residual + FixedPoint.ShiftSaturated(predicted, 4));
    }

    private static Vector256<int> Products(Vector256<int> values, Vector256<int> factors) =>
        (values >> 16) * factors + ((values & Vector256.Create(0xFFFF)) * factors >> 16);
}
