using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>Key, mode and tuning of scales that the test plays itself.</summary>
public class KeyTests
{
    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11, 12];
    private static readonly int[] NaturalMinor = [0, 2, 3, 5, 7, 8, 10, 12];
    private static readonly int[] HarmonicMinor = [0, 2, 3, 5, 7, 8, 11, 12];

    private readonly FrameAnalysis _frames = new();

    public static TheoryData<bool, bool, int, int> Ways => new MatrixTheoryData<bool, bool, int, int>(
        [false, true], [false, true], [1, 8], [48, 72]);

    /// <summary>Twelve major and twelve minor scales, natural or harmonic, up or up and down, with 1 or 8 partials, low and high.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Scales_in_all_keys(bool harmonicMinor, bool upAndDown, int partialCount, int lowestNote)
    {
        var wrong = new List<string>();
        for (var tonic = 0; tonic < 12; tonic++)
            foreach (var isMajor in (ReadOnlySpan<bool>)[true, false])
            {
                var scale = isMajor ? Major : harmonicMinor ? HarmonicMinor : NaturalMinor;
                int[] degrees = upAndDown ? [.. scale, .. scale.Reverse().Skip(1)] : scale;
                var key = FindKey(Play(degrees.Select(degree => lowestNote + tonic + degree), partialCount, cents: 0), out _);
                if (key.Tonic != tonic || key.IsMajor != isMajor)
                    wrong.Add($"{Pitch.ClassNames[tonic]} {(isMajor ? "major" : "minor")} heard as {Pitch.ClassNames[key.Tonic]} "
                        + $"{(key.IsMajor ? "major" : "minor")}");
            }
        TestContext.Current.TestOutputHelper?.WriteLine($"right: {24 - wrong.Count} of 24; {string.Join("; ", wrong)}");
        Assert.True(wrong.Count <= 1, string.Join("; ", wrong));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-15)]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(45)]
    public void Tuning_is_heard_to_four_cents(double cents)
    {
        var key = FindKey(Play(Major.Select(degree => 60 + 3 + degree), 4, cents), out var heard);
        TestContext.Current.TestOutputHelper?.WriteLine($"played {cents} cents off, heard {heard:F1}");
        Assert.InRange(heard, cents - 4, cents + 4);
        Assert.Equal((3, true), (key.Tonic, key.IsMajor));
    }

    private KeyFinder FindKey(float[] samples, out double tuningCents)
    {
        _frames.Run(samples, DescriptorGroups.Tonality);
        tuningCents = new Tuning().Cents(_frames.Partials, _frames.FrameCount);
        var key = new KeyFinder();
        key.Find(_frames.Partials, _frames.Level, tuningCents);
        return key;
    }

    /// <summary>A quarter of a second a note, partials falling as 1 / n, dying away.</summary>
    private static float[] Play(IEnumerable<int> notes, int partialCount, double cents)
    {
        const int length = FrameAnalysis.SampleRate / 4;
        var samples = new List<float>();
        foreach (var note in notes)
        {
            var hz = 440 * Math.Pow(2, (note - 69 + cents / 100) / 12);
            var sound = new float[length];
            for (var partial = 1; partial <= partialCount && partial * hz < FrameAnalysis.SampleRate / 2; partial++)
                for (var n = 0; n < length; n++)
                    sound[n] += MathF.Sin((float)(2 * Math.PI * (partial * hz * n / FrameAnalysis.SampleRate % 1))) / partial;
            for (var n = 0; n < length; n++)
                samples.Add(0.3f * sound[n] * Math.Min(1, n / 200f) * MathF.Exp(-2f * n / length));
        }
        return [.. samples];
    }
}
