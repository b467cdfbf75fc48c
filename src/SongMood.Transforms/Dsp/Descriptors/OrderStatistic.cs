using System.Numerics;
using System.Runtime.InteropServices;

namespace SongMood.Dsp.Descriptors;

/// <summary>
/// The k-th largest of numbers that are not negative, without sorting them. The bits of such floats, read as whole numbers, are in the
/// numbers' own order, so that bisection over bits needs at most 31 counts, and mostly about ten.
/// </summary>
internal static class OrderStatistic
{
    /// <param name="values">Not negative, not NaN.</param>
    /// <param name="k">From 1 to their number; 1 is the largest.</param>
    public static float KthLargest(ReadOnlySpan<float> values, int k)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        // So many as k reach low, fewer than k reach high.
        var (low, high) = (0, int.MaxValue);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            var count = CountAtLeast(bits, middle);
            if (count == k)
                return BitConverter.Int32BitsToSingle(SmallestAtLeast(bits, middle));
            (low, high) = count > k ? (middle, high) : (low, middle);
        }
        return BitConverter.Int32BitsToSingle(low); // several are equal
    }

    private static int CountAtLeast(ReadOnlySpan<int> bits, int limit)
    {
        var (limits, counts, i) = (new Vector<int>(limit), Vector<int>.Zero, 0);
        for (; i + Vector<int>.Count <= bits.Length; i += Vector<int>.Count)
            counts -= Vector.GreaterThanOrEqual(new Vector<int>(bits[i..]), limits);
        var count = Vector.Sum(counts);
        for (; i < bits.Length; i++)
            count += bits[i] >= limit ? 1 : 0;
        return count;
    }

    private static int SmallestAtLeast(ReadOnlySpan<int> bits, int limit)
    {
        var smallest = int.MaxValue;
        foreach (var value in bits)
            smallest = value >= limit ? Math.Min(smallest, value) : smallest;
        return smallest;
    }
}
