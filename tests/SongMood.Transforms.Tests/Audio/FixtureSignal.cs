using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>The MP3 fixtures, and the signals that Fixtures/make.py made them from.</summary>
internal static class FixtureSignal
{
    public static string PathOf(string name) =>
        Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Transforms.Tests", "Audio", "Fixtures", name);

    private const int Count = 10;

    public static IEnumerable<string> AllPaths()
    {
        var paths = Directory.GetFiles(PathOf(""), "*.mp3");
        Assert.Equal(Count, paths.Length); // what is tried on each of them is tried
        return paths.Order(StringComparer.Ordinal);
    }

    /// <summary>Rate, channels and seconds that make.py gives the fixture of this name.</summary>
    public static (int Rate, int Channels, double Seconds) Parameters(string name)
    {
        var parts = Path.GetFileName(name).Split('-', '.');
        var rate = int.Parse(parts[1]);
        var seconds = rate switch { >= 32000 => 0.4, >= 22050 => 0.6, 16000 => 0.8, _ => 1.0 };
        return (rate, name.Contains("mono") ? 1 : 2, seconds);
    }

    public static float[][] Make(int rate, int channels, double seconds)
    {
        var count = (int)(rate * seconds);
        var clicks = new double[count];
        for (var k = 1; k < 4; k++)
            for (int start = k * count / 4, i = 0; i < Math.Min(count - start, rate / 100); i++)
                clicks[start + i] = 0.4 * Math.Exp(-i / (0.002 * rate)) * Math.Cos(0.9 * i);
        var samples = new[] { new float[count], new float[count] };
        for (var i = 0; i < count; i++)
        {
            var t = (double)i / rate;
            var rising = Math.Sin(2 * Math.PI * (200 * t + (0.35 * rate - 200) / (2 * seconds) * t * t));
            var tones = 0.3 * rising + 0.2 * Math.Sin(2 * Math.PI * 440 * t);
            samples[0][i] = (float)(tones + clicks[i]);
            samples[1][i] = (float)(0.6 * tones + 0.15 * Math.Sin(2 * Math.PI * 1000 * t) - 0.3 * clicks[i]);
        }

        return samples[..channels];
    }
}
