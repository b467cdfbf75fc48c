namespace SongMood.Formats.Opus.Silk;

/// <summary>
/// To 48 kHz (RFC 6716, 4.2.9): twice the rate by two chains of all-pass filters, then a filter of eight taps between the samples. The
/// RFC leaves the way open; this is its reference's, with the delay that lets all rates and the transform fit together.
/// </summary>
internal sealed class SilkResampler
{
    private const int Sections = 3, Taps = 8, MostDelay = 7, StateBits = 10, TapBits = 15;

    private readonly int[] _state = new int[2 * Sections];
    private readonly short[] _delayed = new short[MostDelay];
    private readonly short[] _doubled = new short[Taps + 2 * SilkSynthesis.MostSamples];
    private int _rate;

    private static readonly int[] EvenSections = [1746, 14986, 39083 - 65536];

    private static readonly int[] OddSections = [6854, 25769, 55542 - 65536];

    // Taps of a place within a sample, in twelfths; the other half of them is that of 11 - place backwards.
    private static readonly short[] TapTable =
    [
        189, -600, 617, 30567, 117, -159, -1070, 29704, 52, 221, -2392, 28276, -4, 529, -3350, 26341, -48, 758, -3956, 23973,
        -80, 905, -4235, 21254, -99, 972, -4222, 18278, -107, 967, -3957, 15143, -103, 896, -3487, 11950, -91, 773, -2865, 8798,
        -71, 611, -2143, 5784, -46, 425, -1375, 2996,
    ];

    private int Delay => _rate switch { 12 => 4, 16 => MostDelay, _ => 0 };

    /// <summary>Begins with a rate.</summary>
    /// <param name="rate">Samples a millisecond; 0 for none yet.</param>
    public void Reset(int rate)
    {
        _rate = rate;
        Array.Clear(_state);
        Array.Clear(_delayed);
        Array.Clear(_doubled);
    }

    /// <summary>Goes on as another would.</summary>
    public void CopyFrom(SilkResampler other)
    {
        _rate = other._rate;
        other._state.CopyTo(_state, 0);
        other._delayed.CopyTo(_delayed, 0);
        other._doubled.CopyTo(_doubled, 0);
    }

    /// <summary>Resamples a frame.</summary>
    /// <param name="input">Its samples.</param>
    /// <param name="output">As long at 48 kHz, every <paramref name="stride"/>th sample.</param>
    /// <param name="stride">Channels of the output.</param>
    public void Apply(ReadOnlySpan<short> input, Span<short> output, int stride)
    {
        var delay = Delay;
        var doubled = _doubled.AsSpan(0, Taps + 2 * input.Length);
        for (var i = 0; i < input.Length; i++)
        {
            var sample = (i < delay ? _delayed[i] : input[i - delay]) << StateBits;
            doubled[Taps + 2 * i] = AllPass(_state.AsSpan(0, Sections), EvenSections, sample);
            doubled[Taps + 2 * i + 1] = AllPass(_state.AsSpan(Sections), OddSections, sample);
        }

        input[^delay..].CopyTo(_delayed);
        var (step, whole) = _rate switch { 8 => (1, 3), 12 => (1, 2), _ => (2, 3) }; // of doubled samples for each of the output
        var count = 2 * input.Length * whole / step;
        for (int i = 0, at = 0, part = 0; i < count; i++)
        {
            output[i * stride] = Interpolate(doubled.Slice(at, Taps), 12 / whole * part);
            part += step;
            if (part >= whole)
                (at, part) = (at + 1, part - whole);
        }

        doubled[^Taps..].CopyTo(_doubled);
    }

    private static short AllPass(Span<int> state, ReadOnlySpan<int> sections, int sample)
    {
        for (var i = 0; i < Sections; i++)
        {
            var difference = sample - state[i];
            var change = FixedPoint.ScaleShort(difference, sections[i]);
            if (i == Sections - 1)
                change += difference; // its coefficient is above a half, and kept less 1
            (sample, state[i]) = (state[i] + change, sample + change);
        }

        return FixedPoint.Saturate16(FixedPoint.Round(sample, StateBits));
    }

    private static short Interpolate(ReadOnlySpan<short> samples, int place)
    {
        const int Half = Taps / 2;
        var first = TapTable.AsSpan(Half * place, Half);
        var second = TapTable.AsSpan(Half * (11 - place), Half);
        var sum = 0;
        for (var i = 0; i < Half; i++)
            sum += samples[i] * first[i] + samples[Taps - 1 - i] * second[i];
        return FixedPoint.Saturate16(FixedPoint.Round(sum, TapBits));
    }
}
