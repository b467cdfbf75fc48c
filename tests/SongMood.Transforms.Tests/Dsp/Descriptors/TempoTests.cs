using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>Tempos that are known, because the clicks were put there.</summary>
public class TempoTests
{
    private static readonly double[] Octaves = [0.5, 1, 2]; // the preference for 120 a minute chooses

    [Theory]
    [InlineData("impulse", 22_050, 15, 0)]
    [InlineData("impulse", 22_050, 30, 0.137)]
    [InlineData("sine", 44_100, 15, 0.05)]
    [InlineData("tone", 22_050, 20, 0.3)]
    [InlineData("noise", 44_100, 30, 0)]
    [InlineData("dull", 22_050, 15, 0.02)]
    public void Every_whole_tempo_is_found_to_a_thousandth(string kind, int sampleRate, int seconds, double offsetSeconds)
    {
        var extractor = new MusicDescriptorExtractor(DescriptorGroups.Rhythm);
        var values = new float[extractor.Names.Length];
        var (slot, slotLog2) = (extractor.Names.IndexOf("TempoBpm"), extractor.Names.IndexOf("TempoLog2"));
        for (var bpm = 60; bpm <= 200; bpm++)
        {
            extractor.Compute(ClickTrack.Create(kind, bpm, sampleRate, seconds, offsetSeconds), values);
            var error = Octaves.Min(octave => Math.Abs(values[slot] / (octave * bpm) - 1));
            Assert.True(error < 0.001, $"{bpm} a minute: {values[slot]}");
            Assert.Equal(Math.Log2(values[slot]), values[slotLog2], 1e-5);
        }
    }

    /// <summary>
    /// The octave is that of 0.1.0, which measured less exactly: the pulse's own, or its half where that is nearer to 120 by librosa's
    /// preference and the grid of frames shows it as clearly.
    /// </summary>
    [Fact]
    public void The_octave_is_what_it_was_for_every_whole_tempo()
    {
        int[] halved =
        [
            148, 156, 157, 166, 167, 168, 177, 178, 179, 180, 184, 185, 186, 189, 190, 191, 192, 193, 194, 196, 197, 198, 199, 200,
        ];
        for (var bpm = 60; bpm <= 200; bpm++)
        {
            var expected = halved.Contains(bpm) ? bpm / 2.0 : bpm;
            Assert.Equal(expected, TempoOf(ClickTrack.Create("impulse", bpm, 22_050, 20, 0.1)), 0.001 * expected);
        }
    }

    [Fact]
    public void A_click_track_without_treble_has_a_tempo_and_beats()
    {
        var extractor = new MusicDescriptorExtractor(DescriptorGroups.Rhythm);
        var values = new float[extractor.Names.Length];
        extractor.Compute(ClickTrack.Create("dull", 100, 22_050, 20, 0), values);
        Assert.Equal(100, values[extractor.Names.IndexOf("TempoBpm")], 0.1);
        Assert.InRange(values[extractor.Names.IndexOf("BeatsPerSecond")], 1.3, 1.7); // 100 a minute, without the weak ones at the ends
        Assert.InRange(values[extractor.Names.IndexOf("TempoConfidence")], 0.5, 1);
    }

    [Fact]
    public void What_does_not_pulse_has_none()
    {
        Assert.Equal(0, TempoOf(new float[20 * 22_050]));
        var tone = Enumerable.Range(0, 20 * 22_050).Select(n => (float)(0.5 * Math.Sin(2 * Math.PI * 440 * n / 22_050)));
        Assert.Equal(0, TempoOf([.. tone]));
    }

    /// <summary>Longer than one stretch of the spectrum, and shorter than four periods.</summary>
    [Theory]
    [InlineData(100, 0.001)]
    [InlineData(1.2, 0.03)]
    public void Long_and_short_signals_have_one_too(double seconds, double tolerance) =>
        Assert.Equal(133, TempoOf(ClickTrack.Create("noise", 133, 22_050, seconds, 0.1)), 133 * tolerance);

    [Fact]
    public void After_MP3_coding_it_is_the_same()
    {
        var clip = AudioFile.Read(TestData.Require("..", "faults", "met176.mp3"), new() { Mono = true, SampleRate = 22_050 });
        Assert.Equal(176, TempoOf(clip.Channel(0).ToArray()), 0.001 * 176);
    }

    private static float TempoOf(float[] samples)
    {
        var extractor = new MusicDescriptorExtractor(DescriptorGroups.Rhythm);
        var values = new float[extractor.Names.Length];
        extractor.Compute(samples, values);
        return values[extractor.Names.IndexOf("TempoBpm")];
    }
}
