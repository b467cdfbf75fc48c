using CsCheck;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public class DecibelsTests
{
    private static readonly Gen<float[]> Powers = Gen.Double[-25, 10].Select(exponent => (float)Math.Pow(10, exponent)).Array[1, 200];

    private static readonly Gen<DecibelOptions> Options =
        from isMax in Gen.Bool
        from reference in Gen.Double[-100, 100]
        from amin in Gen.Double[-15, 3]
        from defaultAmin in Gen.Bool
        from top in Gen.Double[0, 150]
        from noTop in Gen.Bool
        select new DecibelOptions
        {
            ReferenceIsMax = isMax,
            Reference = reference,
            AMin = defaultAmin ? null : Math.Pow(10, amin),
            TopDb = noTop ? null : top,
        };

    [Fact]
    public void Of_powers_agree_with_their_twin() => Gen.Select(Powers, Options).Sample((power, options) =>
    {
        var actual = new float[power.Length];
        Decibels.FromPower(power, actual, options);
        var reference = options.ReferenceIsMax ? power.Max() : Math.Abs(options.Reference);
        AssertAgree(SlowTwin.Decibels(power, reference, options.AMin ?? 1e-10, options.TopDb), actual);
    }, iter: 500);

    [Fact]
    public void Of_amplitudes_agree_with_their_twin() => Gen.Select(Powers, Options).Sample((power, options) =>
    {
        var amplitude = power.Select((p, i) => (i % 2 == 0 ? 1 : -1) * MathF.Sqrt(p)).ToArray();
        var actual = new float[power.Length];
        Decibels.FromAmplitude(amplitude, actual, options);
        var amin = options.AMin ?? 1e-5;
        var squares = amplitude.Select(a => a * a).ToArray();
        var reference = options.ReferenceIsMax ? squares.Max() : options.Reference * options.Reference;
        AssertAgree(SlowTwin.Decibels(squares, reference, amin * amin, options.TopDb), actual);
    }, iter: 500);

    [Fact]
    public void Have_an_inverse() => Gen.Select(
        Gen.Double[-9, 9].Select(e => (float)Math.Pow(10, e)).Array[1, 100], Gen.Double[0.01, 100]).Sample((values, reference) =>
    {
        var options = new DecibelOptions { Reference = reference, TopDb = null };
        var (level, back) = (new float[values.Length], new float[values.Length]);
        Decibels.FromPower(values, level, options);
        Decibels.ToPower(level, back, reference);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(values[i], back[i], 2e-5 * values[i]);
        Decibels.FromAmplitude(values, level, new DecibelOptions { Reference = reference, TopDb = null, AMin = 1e-10 });
        Decibels.ToAmplitude(level, back, reference);
        for (var i = 0; i < values.Length; i++)
            Assert.Equal(values[i], back[i], 2e-5 * values[i]);
    }, iter: 200);

    [Fact]
    public void Of_silence_are_zero_below_its_maximum_and_the_floor_below_one()
    {
        var level = new float[40];
        Decibels.FromPower(new float[40], level, new DecibelOptions { ReferenceIsMax = true });
        Assert.All(level, l => Assert.Equal(0, l, 1e-4));
        Decibels.FromPower(new float[40], level);
        Assert.All(level, l => Assert.Equal(-100, l, 1e-4));
        Decibels.FromAmplitude(new float[40], level);
        Assert.All(level, l => Assert.Equal(-100, l, 1e-4));
    }

    [Fact]
    public void May_replace_their_input()
    {
        var random = new Random(1);
        var power = Enumerable.Range(0, 101).Select(_ => random.NextSingle()).ToArray();
        var (apart, amplitudeApart) = (new float[101], new float[101]);
        Decibels.FromPower(power, apart);
        Decibels.FromAmplitude(power, amplitudeApart);
        var (same, amplitudeSame) = (power.ToArray(), power.ToArray());
        Decibels.FromPower(same, same);
        Decibels.FromAmplitude(amplitudeSame, amplitudeSame);
        Assert.Equal(apart, same);
        Assert.Equal(amplitudeApart, amplitudeSame);
    }

    [Fact]
    public void Of_nothing_are_nothing() => Decibels.FromPower([], []);

    [Fact]
    public void Of_NaN_are_refused_with_its_place()
    {
        var power = new float[100];
        power[57] = float.NaN;
        Assert.Contains("Value 57 of 100", Assert.Throws<ArgumentException>(() => Decibels.FromPower(power, new float[100])).Message);
        Assert.Contains("Value 57 of 100", Assert.Throws<ArgumentException>(() => Decibels.FromAmplitude(power, new float[100])).Message);
    }

    [Fact]
    public void Need_room_for_each_value() =>
        Assert.Contains("room for 2", Assert.Throws<ArgumentException>(() => Decibels.FromPower(new float[3], new float[2])).Message);

    private static void AssertAgree(double[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4); // the bar is 1e-3 dB
    }
}
