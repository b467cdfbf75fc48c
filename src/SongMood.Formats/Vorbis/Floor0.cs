using System.Runtime.InteropServices;

namespace SongMood.Formats.Vorbis;

/// <summary>A floor by line spectral pairs over a bark scale (Vorbis I specification, 6).</summary>
internal sealed class Floor0 : Floor
{
    private readonly int _order, _mapLength, _amplitudeWidth, _amplitudeOffset;
    private readonly Codebook[] _books;
    private readonly BarkMap _short, _long; // of a short block's lines, and of a long one's

    private Floor0(VorbisHead head, int order, int rate, int mapLength, int amplitudeWidth, int amplitudeOffset, Codebook[] books)
    {
        (_order, _mapLength, _amplitudeWidth, _amplitudeOffset, _books) = (order, mapLength, amplitudeWidth, amplitudeOffset, books);
        (_short, _long) = (new BarkMap(head.ShortLength / 2, rate, mapLength), new BarkMap(head.LongLength / 2, rate, mapLength));
    }

    public override int StateLength => _order + 1; // and the amplitude

    public static Floor0 Read(VorbisBits bits, IReadOnlyList<Codebook> books, VorbisHead head)
    {
        int order = (int)bits.Read(8), rate = (int)bits.Read(16), mapLength = (int)bits.Read(16);
        int amplitudeWidth = (int)bits.Read(6), amplitudeOffset = (int)bits.Read(8);
        var own = new Codebook[bits.Read(4) + 1];
        foreach (ref var book in own.AsSpan())
            book = VorbisSetup.Choose(bits, books, needsVectors: true);
        if (order == 0 || rate == 0 || mapLength == 0 || amplitudeWidth > 32)
            throw VorbisFault.InSetup(bits, $"a floor of order {order}, {rate} Hz, a map of {mapLength} and amplitudes of {amplitudeWidth} "
                + "bits; expected 1 or more each, and at most 32 bits");
        return new Floor0(head, order, rate, mapLength, amplitudeWidth, amplitudeOffset, own);
    }

    // 6.2.2
    public override bool TryRead(VorbisBits bits, Span<int> state)
    {
        var amplitude = bits.Read(_amplitudeWidth);
        if (amplitude == 0)
            return false;
        var number = (int)bits.Read(VorbisBits.WidthOf((uint)_books.Length));
        if (bits.IsPastEnd || number >= _books.Length)
            return false;
        var book = _books[number];
        var coefficients = MemoryMarshal.Cast<int, float>(state);
        var last = 0f;
        for (var at = 0; at < _order; last = coefficients[at - 1])
        {
            var entry = book.ReadEntry(bits);
            if (entry < 0)
                return false;
            foreach (var value in book.VectorArray.AsSpan(entry * book.Dimensions, Math.Min(book.Dimensions, _order - at)))
                coefficients[at++] = value + last;
        }

        // 6.2.3: what a line's decibels are, but for a square root.
        coefficients[_order] = (float)(amplitude * (double)_amplitudeOffset / ((1L << _amplitudeWidth) - 1));
        return true;
    }

    // 6.2.3
    public override void Apply(Span<int> state, Span<float> lines)
    {
        const double NepersADecibel = 0.11512925;
        var coefficients = MemoryMarshal.Cast<int, float>(state);
        Span<double> cosines = stackalloc double[_order]; // at most 255
        for (var i = 0; i < cosines.Length; i++)
            cosines[i] = 2 * Math.Cos(coefficients[i]);
        foreach (var (start, end, place) in (lines.Length == _short.Length ? _short : _long).Runs)
        {
            var root = Math.Sqrt(SquareAt(cosines, 2 * Math.Cos(Math.PI * place / _mapLength)));
            var gain = (float)Math.Exp(NepersADecibel * (coefficients[_order] / root - _amplitudeOffset));
            if (!float.IsFinite(gain))
                gain = 0; // only of coefficients that no encoder makes: p + q is 0, or nearly so
            foreach (ref var line in lines[start..end])
                line *= gain;
        }
    }

    // p + q of 6.2.3: products over the coefficients at odd and at even places.
    private static double SquareAt(ReadOnlySpan<double> cosines, double cosine)
    {
        double odd = 1, even = 1;
        for (var i = 0; i + 1 < cosines.Length; i += 2)
        {
            even *= cosines[i] - cosine;
            odd *= cosines[i + 1] - cosine;
        }

        if (cosines.Length % 2 == 0)
            return odd * odd * (2 - cosine) / 4 + even * even * (2 + cosine) / 4;
        even *= cosines[^1] - cosine;
        return odd * odd * (4 - cosine * cosine) / 4 + even * even / 4;
    }
}
