using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>What is heard while the model is loaded, so that the first song is told sooner.</summary>
public class FirstMomentsTests
{
    private static readonly string Song = Path.Combine(TestData.RepositoryRoot, "samples/audio/happy-1.mp3");

    [Fact]
    public async Task The_first_song_is_heard_where_it_is_an_MP3()
    {
        Assert.True(await FirstMoments.Begin([Song, "missing.mp3"]).Heard);
        Assert.False(await FirstMoments.Begin(["song.flac", Song]).Heard);
        Assert.False(await FirstMoments.Begin(["-"]).Heard);
        Assert.False(await FirstMoments.Begin([]).Heard);
    }

    [Fact]
    public async Task A_song_that_cannot_be_read_fails_for_itself_alone()
    {
        await Assert.ThrowsAsync<AudioFormatException>(() => FirstMoments.Begin(["missing.mp3"]).Heard);
    }

    [Fact]
    public async Task A_moment_of_a_short_song_is_all_of_it()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Song);
        foreach (var length in new[] { 3000, 12_000 }) // of a rate of 128 kb/s or less: under a second
            Assert.True(await FirstMoments.Begin([folder.Write($"{length}.mp3", bytes[..length])]).Heard);
    }

    /// <summary>One in five crashed where the process ended while ONNX Runtime was being loaded beside it.</summary>
    [Fact]
    public async Task A_model_that_is_refused_at_once_lets_what_is_being_loaded_come_to_its_end()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("model.zip", [1]);
        for (var run = 0; run < 15; run++)
        {
            var said = await ToolProcess.RunAsync(ToolProcess.Assembly, ["predict", Song, "--model", model]);
            Assert.Equal((2, ""), (said.ExitCode, said.Out));
            Assert.StartsWith($"songmood: {model} is no model", said.Error);
        }
    }
}
