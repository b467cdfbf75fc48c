using System.Numerics;

namespace SongMood.Formats.Opus.Silk;

/// <summary>The filter that a line spectrum stands for (RFC 6716, 4.2.7.5.6 to 4.2.7.5.8): coefficients in Q12.</summary>
internal static class LinearPredictor
{
    private const int PolynomialBits = 16, CoefficientBits = PolynomialBits + 1, ResultBits = 12, StabilityBits = 24;

    // The order in which the polynomials are multiplied, as whole numbers give the same only in the same order (Table 27).
    private static ReadOnlySpan<byte> WideOrder => [0, 15, 8, 7, 4, 11, 12, 3, 2, 13, 10, 5, 6, 9, 14, 1];

    private static ReadOnlySpan<byte> NarrowOrder => [0, 9, 6, 3, 4, 5, 8, 1, 2, 7];

    /// <summary>Finds the filter.</summary>
    public static void Find(ReadOnlySpan<short> frequencies, Span<short> filter)
    {
        var order = frequencies.Length;
        var ordering = order == SilkIndices.MostOrder ? WideOrder : NarrowOrder;
        Span<int> cosines = stackalloc int[order];
        for (var i = 0; i < order; i++)
        {
            int whole = frequencies[i] >> 8, fraction = frequencies[i] & 255;
            int cosine = SilkTables.Cosines[whole], next = SilkTables.Cosines[whole + 1];
            cosines[ordering[i]] = FixedPoint.Round((cosine << 8) + (next - cosine) * fraction, 20 - PolynomialBits);
        }

        var half = order / 2;
        Span<int> even = stackalloc int[half + 1], odd = stackalloc int[half + 1], exact = stackalloc int[order];
        Multiply(cosines, even);
        Multiply(cosines[1..], odd);
        for (var i = 0; i < half; i++)
        {
            int sum = even[i + 1] + even[i], difference = odd[i + 1] - odd[i];
            exact[i] = -difference - sum;
            exact[order - 1 - i] = difference - sum;
        }

        LimitRange(exact, filter);
        for (var tries = 0; tries < 16 && InverseGain(filter) == 0; tries++)
        {
            Widen(exact, (1 << 16) - (2 << tries));
            for (var i = 0; i < order; i++)
                filter[i] = (short)FixedPoint.Round(exact[i], CoefficientBits - ResultBits);
        }
    }

    /// <summary>Moves the filter's poles inwards: coefficient i times a factor to the power of i + 1.</summary>
    public static void Widen(Span<short> filter, int factorQ16)
    {
        var power = factorQ16;
        foreach (ref var coefficient in filter)
        {
            coefficient = (short)FixedPoint.Round(power * coefficient, 16);
            power += FixedPoint.Round(power * (factorQ16 - 65536), 16);
        }
    }

    /// <summary>1 over the filter's gain of power, Q30; 0 where it is not stable, or nearly so (RFC 6716, 4.2.7.5.8; RFC 8251).</summary>
    public static int InverseGain(ReadOnlySpan<short> filter)
    {
        const int Limit = 16773022; // 0.99975 in Q24
        const int Least = 107374; // 1 in 10,000 in Q30
        var order = filter.Length;
        Span<int> now = stackalloc int[order];
        var sum = 0;
        for (var i = 0; i < order; i++)
        {
            sum += filter[i];
            now[i] = filter[i] << (StabilityBits - ResultBits);
        }

        if (sum >= 1 << ResultBits)
            return 0;
        var inverse = 1 << 30;
        for (var k = order - 1; k >= 0; k--)
        {
            if (now[k] is > Limit or < -Limit)
                return 0;
            var reflection = -(now[k] << (31 - StabilityBits));
            var rest = (1 << 30) - FixedPoint.High(reflection, reflection);
            inverse = FixedPoint.High(inverse, rest) << 2;
            if (inverse < Least)
                return 0;
            if (k > 0 && !TryStepDown(now[..k], reflection, rest))
                return 0;
        }

        return inverse;
    }

    /// <summary>What the filter does not predict of samples; the first ones, which it has no past for, are 0.</summary>
    public static void Whiten(ReadOnlySpan<short> samples, ReadOnlySpan<short> filter, Span<short> residual)
    {
        residual[..filter.Length].Clear();
        for (var i = filter.Length; i < samples.Length; i++)
        {
            var predicted = 0;
            for (var j = 0; j < filter.Length; j++)
                predicted = unchecked(predicted + samples[i - 1 - j] * filter[j]);
            residual[i] = FixedPoint.Saturate16(FixedPoint.Round(unchecked((samples[i] << ResultBits) - predicted), ResultBits));
        }
    }

    // 4.2.7.5.6: the product of 1 - 2 cos x + x^2 for every second frequency; it is symmetric, so half of it is enough.
    private static void Multiply(ReadOnlySpan<int> cosines, Span<int> product)
    {
        product[0] = 1 << PolynomialBits;
        product[1] = -cosines[0];
        for (var k = 1; k < product.Length - 1; k++)
        {
            var factor = cosines[2 * k];
            product[k + 1] = 2 * product[k - 1] - Product(factor, product[k]);
            for (var n = k; n > 1; n--)
                product[n] += product[n - 2] - Product(factor, product[n - 1]);
            product[1] -= factor;
        }

        static int Product(int a, int b) => (int)FixedPoint.Round((long)a * b, PolynomialBits);
    }

    // 4.2.7.5.7: coefficients must fit 16 bits.
    private static void LimitRange(Span<int> exact, Span<short> filter)
    {
        const int Shift = CoefficientBits - ResultBits, Tries = 10;
        for (var tries = 0; tries < Tries; tries++)
        {
            var (largest, at) = (0, 0);
            for (var i = 0; i < exact.Length; i++)
                if (Math.Abs(exact[i]) > largest)
                    (largest, at) = (Math.Abs(exact[i]), i);
            largest = Math.Min(FixedPoint.Round(largest, Shift), 163838);
            if (largest <= short.MaxValue)
            {
                for (var i = 0; i < exact.Length; i++)
                    filter[i] = (short)FixedPoint.Round(exact[i], Shift);
                return;
            }

            Widen(exact, 65470 - ((largest - short.MaxValue) << 14) / (largest * (at + 1) >> 2));
        }

        for (var i = 0; i < exact.Length; i++)
        {
            filter[i] = FixedPoint.Saturate16(FixedPoint.Round(exact[i], Shift));
            exact[i] = filter[i] << Shift;
        }
    }

    private static void Widen(Span<int> exact, int factorQ16)
    {
        var power = factorQ16;
        foreach (ref var coefficient in exact)
        {
            coefficient = FixedPoint.Scale(power, coefficient);
            power += FixedPoint.Round(power * (factorQ16 - 65536), 16);
        }
    }

    // The filter of one order less (Levinson's recursion backwards).
    private static bool TryStepDown(Span<int> filter, int reflection, int rest)
    {
        var bits = 32 - BitOperations.LeadingZeroCount((uint)rest);
        var inverse = FixedPoint.Inverse(rest, bits + 30);
        for (var n = 0; n < (filter.Length + 1) / 2; n++)
        {
            int first = filter[n], second = filter[filter.Length - 1 - n];
            long lower = Step(first, second), upper = Step(second, first);
            if (lower != (int)lower || upper != (int)upper)
                return false;
            filter[n] = (int)lower;
            filter[filter.Length - 1 - n] = (int)upper;
        }

        return true;

        long Step(int one, int other) => FixedPoint.Round(
            (long)FixedPoint.Saturate(one - FixedPoint.Round((long)other * reflection, 31)) * inverse, bits);
    }
}
