using System.Diagnostics;
using SongMood.Audio;
using SongMood.Formats;
using SongMood.Prediction;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>What a song is stored as does not change its mood.</summary>
public class SixFormatsTests
{
    private const double Tolerance = 0.05;

    [Theory]
    [InlineData("calm-1")]
    [InlineData("calm-2")]
    [InlineData("energetic-1")]
    [InlineData("energetic-2")]
    [InlineData("happy-1")]
    [InlineData("happy-2")]
    [InlineData("sad-1")]
    [InlineData("sad-2")]
    public void The_same_song_in_six_formats_has_the_same_mood(string song)
    {
        var ffmpeg = AudioFormats.FindFfmpeg();
        Assert.SkipWhen(ffmpeg is null, "ffmpeg is not installed, which makes the formats");
        using var folder = new TemporaryFolder();
        var original = Path.Combine(TestData.RepositoryRoot, "samples", "audio", song + ".mp3");
        using var predictor = MoodPredictor.LoadPretrained();
        var expected = predictor.Predict(original);
        var inOrder = expected.Scores.Values.OrderDescending().ToArray();
        var isClose = inOrder[0] - inOrder[1] < 2 * Tolerance; // then either mood is right
        foreach (var (name, codec) in new (string, string[])[]
        {
            ("song.wav", ["pcm_s16le"]), ("song.flac", ["flac"]), ("song.aiff", ["pcm_s16be"]), ("song.ogg", ["libvorbis", "-q:a", "5"]),
            ("song.opus", ["libopus", "-b:a", "160k"]), ("song.m4a", ["aac", "-b:a", "160k"]),
        })
        {
            var path = Path.Combine(folder.Path, name);
            using var process = Process.Start(
                new ProcessStartInfo(ffmpeg, ["-v", "error", "-nostdin", "-i", original, "-c:a", .. codec, path]))!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            var wave = AudioFile.Read(path, new() { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }) });
            Assert.False(wave.Damage.IsAny);
            var prediction = predictor.Predict(wave);
            var worst = expected.Scores.Max(score => Math.Abs(score.Value - prediction.Scores[score.Key]));
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F4}");
            Assert.True(worst < Tolerance, $"{name}: scores differ by {worst}");
            Assert.True(isClose || expected.Mood == prediction.Mood, $"{name}: {prediction.Mood}, not {expected.Mood}");
        }
    }
}
