using System.Runtime.Intrinsics;

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

    // Half the taps of a place within a sample, in twelfths; the other half of them is that of 11 - place backwards.
    private static readonly short[] HalfTaps =
    [
        189, -600, 617, 30567, 117, -159, -1070, 29704, 52, 221, -2392, 28276, -4, 529, -3350, 26341, -48, 758, -3956, 23973,
        -80, 905, -4235, 21254, -99, 972, -4222, 18278, -107, 967, -3957, 15143, -103, 896, -3487, 11950, -91, 773, -2865, 8798,
        -71, 611, -2143, 5784, -46, 425, -1375, 2996,
    ];

    private static readonly int[][] TapsOfPlace = [.. Enumerable.Range(0, 12).Select(place => Enumerable.Range(0, Taps).Select(tap =>
        (int)(tap < Taps / 2 ? HalfTaps[4 * place + tap] : HalfTaps[4 * (11 - place) + Taps - 1 - tap])).ToArray())];

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
        Double(_delayed.AsSpan(0, delay), doubled[Taps..]);
        Double(input[..^delay], doubled[(Taps + 2 * delay)..]);
        input[^delay..].CopyTo(_delayed);
        var (step, whole) = _rate switch { 8 => (1, 3), 12 => (1, 2), _ => (2, 3) }; // of doubled samples for each of the output
        var count = 2 * input.Length * whole / step;
        for (int i = 0, at = 0, part = 0; i < count; i++)
        {
            output[i * stride] = Interpolate(doubled.Slice(at, Taps), TapsOfPlace[12 / whole * part]);
            part += step;
            if (part >= whole)
                (at, part) = (at + 1, part - whole);
        }

        doubled[^Taps..].CopyTo(_doubled);
    }

    // Each sample becomes two, by a chain of all-pass filters each.
    private void Double(ReadOnlySpan<short> input, Span<short> output)
    {
        for (var chain = 0; chain < 2; chain++)
        {
            var sections = chain == 0 ? EvenSections : OddSections;
            var state = _state.AsSpan(Sections * chain, Sections);
            var (first, second, third) = (state[0], state[1], state[2]);
            var (firstFactor, secondFactor, thirdFactor) = (sections[0], sections[1], sections[2]);
            for (var i = 0; i < input.Length; i++)
            {
                var sample = input[i] << StateBits;
                var change = FixedPoint.ScaleShort(sample - first, firstFactor);
                (sample, first) = (first + change, sample + change);
                change = FixedPoint.ScaleShort(sample - second, secondFactor);
                (sample, second) = (second + change, sample + change);
                change = sample - third + FixedPoint.ScaleShort(sample - third, thirdFactor); // it is kept less 1
                (sample, third) = (third + change, sample + change);
                output[2 * i + chain] = FixedPoint.Saturate16(FixedPoint.Round(sample, StateBits));
            }

            (state[0], state[1], state[2]) = (first, second, third);
        }
    }

    private static short Interpolate(ReadOnlySpan<short> samples, ReadOnlySpan<int> taps)
    {
        var (low, high) = Vector128.Widen(Vector128.Create(samples));
        var sum = Vector128.Sum(low * Vector128.Create(taps) + high * Vector128.Create(taps[4..]));
        return FixedPoint.Saturate16(FixedPoint.Round(sum, TapBits));
    }
}
