using SongMood.Alterations;

namespace SongMood.Tests.Alterations;

public class AudioAlterationTests
{
    private const int Rate = 22050;

    [Fact]
    public void Defaults_are_as_documented() => Assert.Equal(new AudioAlterationOptions
    {
        PitchSemitones = 1,
        TempoPercent = 6,
        SpeedPercent = 0,
        FilterDb = 4,
        LowestCutoffHz = 6000,
        GainDb = 6,
        CutPercent = 10,
    }, new AudioAlterationOptions());

    [Fact]
    public void All_faults_of_options_are_told_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => AudioAlteration.Draw(
            new AudioAlterationOptions { PitchSemitones = -1, GainDb = double.NaN, LowestCutoffHz = 10, CutPercent = 51 }, 1));
        foreach (var name in (string[])["PitchSemitones", "GainDb", "LowestCutoffHz", "CutPercent"])
            Assert.Contains(name, error.Message);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_others_draw_others_within_the_bounds()
    {
        var options = new AudioAlterationOptions { SpeedPercent = 5 };
        var drawn = Enumerable.Range(0, 200).Select(seed => AudioAlteration.Draw(options, seed)).ToArray();
        Assert.Equal(drawn, Enumerable.Range(0, 200).Select(seed => AudioAlteration.Draw(options, seed)));
        Assert.Equal(200, drawn.Distinct().Count());
        Assert.All(drawn, alteration =>
        {
            Assert.InRange(alteration.PitchSemitones, -1, 1);
            Assert.InRange(alteration.TempoRatio, 0.94, 1.06);
            Assert.InRange(alteration.SpeedRatio, 0.95, 1.05);
            Assert.InRange(alteration.BassDb, -4, 4);
            Assert.InRange(alteration.MiddleDb, -4, 4);
            Assert.InRange(alteration.TrebleDb, -4, 4);
            Assert.InRange(alteration.GainDb, -6, 6);
            Assert.InRange(alteration.CutShare, 0, 0.1);
            Assert.InRange(alteration.CutoffHz ?? 6000, 6000, 16000);
        });
        Assert.InRange(drawn.Count(alteration => alteration.CutoffHz is null), 70, 130);
    }

    [Fact]
    public void Nothing_to_alter_leaves_the_samples()
    {
        var tone = Tone(440, 1);
        var none = AudioAlteration.Draw(new AudioAlterationOptions
        {
            PitchSemitones = 0,
            TempoPercent = 0,
            FilterDb = 0,
            LowestCutoffHz = null,
            GainDb = 0,
            CutPercent = 0,
        }, seed: 5);
        Assert.Equal(new AudioAlteration(), none);
        Assert.Equal(tone, none.Apply(tone, Rate));
        Assert.NotSame(tone, none.Apply(tone, Rate));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-3)]
    [InlineData(7)]
    public void A_shift_of_pitch_moves_the_tone_and_keeps_the_length(double semitones)
    {
        var shifted = new AudioAlteration { PitchSemitones = semitones }.Apply(Tone(440, 4), Rate);
        Assert.InRange(shifted.Length, 0.98 * 4 * Rate, 1.02 * 4 * Rate);
        var expected = 440 * Math.Pow(2, semitones / 12);
        Assert.InRange(FrequencyOf(shifted), 0.995 * expected, 1.005 * expected);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(1.2)]
    public void A_change_of_tempo_keeps_the_tone(double ratio)
    {
        var changed = new AudioAlteration { TempoRatio = ratio }.Apply(Tone(440, 4), Rate);
        Assert.InRange(changed.Length, 0.97 * 4 * Rate / ratio, 1.03 * 4 * Rate / ratio);
        Assert.InRange(FrequencyOf(changed), 437, 443);
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.25)]
    public void A_change_of_speed_moves_both(double ratio)
    {
        var changed = new AudioAlteration { SpeedRatio = ratio }.Apply(Tone(440, 4), Rate);
        Assert.InRange(changed.Length, 4 * Rate / ratio - 2, 4 * Rate / ratio + 2);
        Assert.InRange(FrequencyOf(changed), 440 * ratio - 1, 440 * ratio + 1);
    }

    [Theory]
    [InlineData(40, 6, 0, 0)]
    [InlineData(1000, 0, 6, 0)]
    [InlineData(9000, 0, 0, 6)]
    public void Each_filter_lifts_its_own_band(double hz, double bassDb, double middleDb, double trebleDb)
    {
        var tone = Tone(hz, 1);
        double[] gains = [Gain(new AudioAlteration { BassDb = 6 }), Gain(new AudioAlteration { MiddleDb = 6 }),
            Gain(new AudioAlteration { TrebleDb = 6 })];
        Assert.InRange(gains[0], bassDb - 0.7, bassDb + 0.7);
        Assert.InRange(gains[1], middleDb - 0.7, middleDb + 0.7);
        Assert.InRange(gains[2], trebleDb - 0.7, trebleDb + 0.7);

        double Gain(AudioAlteration alteration) => 20 * Math.Log10(Loudness(alteration.Apply(tone, Rate)) / Loudness(tone));
    }

    [Fact]
    public void What_is_above_the_cutoff_goes()
    {
        var alteration = new AudioAlteration { CutoffHz = 2000 };
        Assert.InRange(Loudness(alteration.Apply(Tone(8000, 1), Rate)) / Loudness(Tone(8000, 1)), 0, 0.1);
        Assert.InRange(Loudness(alteration.Apply(Tone(200, 1), Rate)) / Loudness(Tone(200, 1)), 0.95, 1.05);
    }

    [Fact]
    public void Gain_and_cut_are_exact()
    {
        var tone = Tone(440, 1);
        Assert.Equal(tone.Select(sample => sample * (float)Math.Pow(10, 0.15)), new AudioAlteration { GainDb = 3 }.Apply(tone, Rate));
        Assert.Equal(tone[(Rate / 4)..], new AudioAlteration { CutShare = 0.25 }.Apply(tone, Rate));
    }

    [Fact]
    public void A_mixture_is_as_long_as_the_first_and_the_second_begins_anew()
    {
        Assert.Equal([1.1f, 2.2f, 3.1f, 4.2f, 5.1f], AudioAlteration.Mix([1, 2, 3, 4, 5], [1, 2], secondDb: -20));
        Assert.Throws<ArgumentException>(() => AudioAlteration.Mix([1], [], 0));
    }

    [Fact]
    public void What_is_no_sound_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new AudioAlteration().Apply([], Rate));
        Assert.Throws<ArgumentException>(() => new AudioAlteration().Apply([1, float.NaN], Rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioAlteration().Apply([1], 2));
    }

    private static float[] Tone(double hz, int seconds) =>
        [.. Enumerable.Range(0, seconds * Rate).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * hz * i / Rate))];

    /// <summary>By counting the periods in the middle.</summary>
    private static double FrequencyOf(float[] samples)
    {
        var middle = samples[(samples.Length / 4)..(samples.Length * 3 / 4)];
        var crossings = Enumerable.Range(1, middle.Length - 1).Where(i => middle[i - 1] < 0 && middle[i] >= 0).ToArray();
        return (crossings.Length - 1) * (double)Rate / (crossings[^1] - crossings[0]);
    }

    private static double Loudness(float[] samples) => Math.Sqrt(samples.Skip(Rate / 10).Average(sample => (double)sample * sample));
}
