using SongMood.TestSupport;

namespace SongMood.Package.Tests;

/// <summary>The tool, installed from its packages with nothing else at hand.</summary>
public class ToolTests(PackedPackages packages)
{
    [Fact]
    public async Task It_installs_predicts_and_trains_once_it_has_what_it_asks_for()
    {
        var songmood = await packages.InstallToolAsync();
        var songs = Path.Combine(TestData.RepositoryRoot, "samples", "audio");
        var empty = Directory.CreateTempSubdirectory("songmood-empty-").FullName;
        var model = Path.Combine(empty, "moods.zip");
        Task<(int ExitCode, string Output, string Errors)> SongMoodAsync(string packageFolder, params string[] arguments) =>
            Dotnet.TryAsync(empty, songmood, arguments, [("NUGET_PACKAGES", packageFolder)]);

        var predicted = await SongMoodAsync(empty, "predict", songs, "--format", "csv");
        Assert.True(predicted.ExitCode == 0, predicted.Errors);
        Assert.Equal(Directory.GetFiles(songs, "*.mp3").Length + 1,
            predicted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        string[] train = ["train", "--data", Path.Combine(songs, "labels.csv"), "--epochs", "1", "--model", model];
        var without = await SongMoodAsync(empty, train);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("dotnet package download libtorch-cpu-", without.Errors);
        Assert.Contains($"--output \"{empty}\"", without.Errors);

        // Where that command would have put it: the build of the repository's own tests has unpacked it there.
        var trained = await SongMoodAsync(await Dotnet.PackageFolderAsync(), train);
        Assert.True(trained.ExitCode == 0, trained.Errors);
        Assert.True(File.Exists(model));
        Directory.Delete(empty, recursive: true);
    }
}
