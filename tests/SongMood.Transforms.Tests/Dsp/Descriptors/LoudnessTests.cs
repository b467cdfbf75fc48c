using System.Globalization;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>
/// The test tones of ITU-R BS.1770-4 (annex 1) and EBU Tech 3341 and 3342, synthesised: sines with stated levels for stated times.
/// </summary>
public class LoudnessTests
{
    [Theory]
    [InlineData(48000, 997)]
    [InlineData(44100, 997)]
    [InlineData(32000, 997)]
    [InlineData(22050, 997)]
    [InlineData(16000, 997)]
    [InlineData(11025, 997)]
    public void Full_scale_tone_in_one_channel_is_minus_3_01(int rate, double hz)
    {
        var meter = Measure(rate, 1, hz, (0, 5));
        AssertWithin(-3.01, meter.IntegratedLufs, 0.1);
    }

    public static TheoryData<string, double> Ebu3341 => new()
    {
        { "-23:20", -23 },
        { "-33:20", -33 },
        { "-36:10 -23:60 -36:10", -23 },
        { "-72:10 -36:10 -23:60 -36:10 -72:10", -23 },
        { "-26:20 -20:20.1 -26:20", -23 },
    };

    [Theory]
    [MemberData(nameof(Ebu3341))]
    public void Stereo_tones_of_tech_3341(string programme, double expected)
    {
        foreach (var rate in (int[])[48000, 22050])
            AssertWithin(expected, Measure(rate, 2, 1000, Parse(programme)).IntegratedLufs, 0.1);
    }

    [Fact]
    public void Five_channels_weigh_as_in_tech_3341_test_6()
    {
        double[] levels = [-28, -28, -24, -30, -30];
        var meter = new LoudnessMeter(48000);
        meter.MeasureChannels([.. levels.Select(level => Tone(48000, 1000, [(level, 20)]))]);
        AssertWithin(-23, meter.IntegratedLufs, 0.1);
        float[] rumble = new float[20 * 48000];
        Array.Fill(rumble, 0.5f);
        meter.MeasureChannels([.. levels.Take(3).Select(level => Tone(48000, 1000, [(level, 20)])), rumble,
            .. levels.Skip(3).Select(level => Tone(48000, 1000, [(level, 20)]))]);
        AssertWithin(-23, meter.IntegratedLufs, 0.1); // the low-frequency channel does not count
    }

    [Theory]
    [InlineData("-20:20 -30:20", 10)]
    [InlineData("-20:20 -15:20", 5)]
    [InlineData("-40:20 -20:20", 20)]
    [InlineData("-50:20 -35:20 -20:20 -35:20 -50:20", 15)]
    public void Range_of_tech_3342(string programme, double expected)
    {
        foreach (var rate in (int[])[48000, 22050])
            AssertWithin(expected, Measure(rate, 2, 1000, Parse(programme)).RangeLu, 1); // 3342 allows 1 LU
    }

    /// <summary>
    /// At other rates the filters keep to the standard's own response (48 kHz) wherever the bilinear transform does not squeeze it.
    /// </summary>
    [Theory]
    [InlineData(22050, 5000, 0.1)]
    [InlineData(44100, 15000, 0.2)]
    [InlineData(96000, 18000, 0.2)]
    public void Filters_at_other_rates_follow_the_standard(int rate, double highestHz, double toleranceDb)
    {
        var (standard, ours) = (new KWeighting(48000), new KWeighting(rate));
        for (var hz = 20.0; hz <= highestHz; hz *= 1.05)
            Assert.InRange(20 * Math.Log10(ours.Gain(hz) / standard.Gain(hz)), -toleranceDb, toleranceDb);
    }

    [Fact]
    public void Silence_is_at_the_floor_and_short_signals_are_one_block()
    {
        var meter = new LoudnessMeter(22050);
        meter.Measure(new float[50000]);
        Assert.Equal((LoudnessMeter.FloorLufs, 0.0), (meter.IntegratedLufs, meter.RangeLu));
        meter.Measure(Tone(22050, 997, [(0, 0.2)]));
        AssertWithin(-3.01, meter.IntegratedLufs, 0.3);
        Assert.Equal(1, meter.MomentaryLufs.Length);
        meter.Measure([]);
        Assert.Equal(LoudnessMeter.FloorLufs, meter.IntegratedLufs);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_is_wrong()
    {
        Assert.Contains("4000", Assert.Throws<ArgumentOutOfRangeException>(() => new LoudnessMeter(100)).Message);
        var meter = new LoudnessMeter(22050);
        Assert.Contains("Sample 1 ", Assert.Throws<ArgumentException>(() => meter.Measure([0, float.NaN])).Message);
        Assert.Contains("3, 2", Assert.Throws<ArgumentException>(() => meter.MeasureChannels([new float[3], new float[2]])).Message);
    }

    private static LoudnessMeter Measure(int rate, int channelCount, double hz, params (double Db, double Seconds)[] programme)
    {
        var meter = new LoudnessMeter(rate);
        var tone = Tone(rate, hz, programme);
        if (channelCount == 1)
            meter.Measure(tone);
        else
            meter.MeasureChannels([.. Enumerable.Repeat(tone, channelCount)]);
        return meter;
    }

    private static float[] Tone(int rate, double hz, (double Db, double Seconds)[] programme)
    {
        var samples = new List<float>();
        foreach (var (db, seconds) in programme)
            for (var n = 0; n < (int)(seconds * rate); n++)
                samples.Add((float)(Math.Pow(10, db / 20) * Math.Sin(2 * Math.PI * (hz * samples.Count / rate % 1))));
        return [.. samples];
    }

    private static (double, double)[] Parse(string programme) =>
        [.. programme.Split(' ').Select(part => part.Split(':')).Select(part =>
            (double.Parse(part[0], CultureInfo.InvariantCulture), double.Parse(part[1], CultureInfo.InvariantCulture)))];

    private static void AssertWithin(double expected, double actual, double tolerance)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"expected {expected}, measured {actual:F3}"));
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
    }
}
