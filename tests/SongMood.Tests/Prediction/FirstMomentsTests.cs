using SongMood.Audio;
using SongMood.Prediction;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>What is heard while the model is loaded, so that the first song is told sooner.</summary>
public class FirstMomentsTests
{
    private static readonly string Song = Path.Combine(TestData.RepositoryRoot, "samples/audio/happy-1.mp3");

    [Fact]
    public async Task The_first_song_is_heard_where_it_is_an_MP3()
    {
        Assert.True(await FirstMoments.HearAsync([Song, "missing.mp3"]));
        Assert.False(await FirstMoments.HearAsync(["song.flac", Song]));
        Assert.False(await FirstMoments.HearAsync(["-"]));
        Assert.False(await FirstMoments.HearAsync([]));
    }

    [Fact]
    public async Task A_song_that_cannot_be_read_fails_for_itself_alone()
    {
        await Assert.ThrowsAsync<AudioFormatException>(() => FirstMoments.HearAsync(["missing.mp3"]));
    }

    [Fact]
    public async Task A_moment_of_a_short_song_is_all_of_it()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(Song);
        foreach (var length in new[] { 3000, 12_000 }) // of a rate of 128 kb/s or less: under a second
            Assert.True(await FirstMoments.HearAsync([folder.Write($"{length}.mp3", bytes[..length])]));
    }
}
