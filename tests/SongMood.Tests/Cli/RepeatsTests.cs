using SongMood.Learning;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class RepeatsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_song_that_is_in_the_file_twice_counts_once()
    {
        var csv = _folder.Write("songs.csv", "mood,artist,id,track,a\n" + string.Join("\n", Enumerable.Range(0, 12).Select(i =>
            $"{(i % 2 == 0 ? "low" : "high")},artist {i},{(i == 11 ? 9 : i)},{i / 3},{i}")) + "\n");
        string[] common = ["--data", csv, "--columns", "a", "--epochs", "1"];
        var evaluated = await Tool.RunAsync(["evaluate", "--cross-validate", "2", .. common]);
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.Contains("left out: 1 of 12 (line 13 says the song of line 11, id 9)", evaluated.Error);
        var trained = await Tool.RunAsync(["train", "--model", _folder.File("m.zip"), "--id", "track", .. common]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("left out: 8 of 12 (line 3 says the song of line 2, id 0; ", trained.Error);
        Assert.Contains("; and 3 more)", trained.Error);
        Assert.Contains("4 songs of the moods", trained.Error);
    }
}
