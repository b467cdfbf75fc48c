using SongMood.TestSupport;

namespace SongMood.Package.Tests;

/// <summary>Apps that know SongMood only by its packages.</summary>
public class ConsumerTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Fact]
    public async Task An_app_without_libtorch_predicts_with_the_pretrained_model()
    {
        var clips = Path.Combine(TestData.RepositoryRoot, "samples", "audio");

        var output = await packages.BuildAndRunAsync("PredictApp", clips);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Directory.GetFiles(clips, "*.mp3").Length + 1, lines.Length);
        Assert.Equal("libtorch loaded: False", lines[^1].Trim());
    }

    [Fact]
    public async Task An_app_trains_saves_and_loads_in_a_process_that_registers_nothing()
    {
        var model = Path.Combine(Directory.CreateTempSubdirectory("songmood-train-").FullName, "model.zip");
        var trained = await packages.BuildAndRunAsync("TrainApp", "train", model);
        var loaded = await packages.BuildAndRunAsync("TrainApp", "score", model);
        Assert.StartsWith("scores ", loaded);
        Assert.Equal(trained, loaded);
        Directory.Delete(Path.GetDirectoryName(model)!, recursive: true);
    }

    /// <summary>The shortest way in that .NET 10 has: one file, no project. Such a program may use no reflection for JSON.</summary>
    [Fact]
    public async Task A_file_without_a_project_predicts()
    {
        var clips = Path.Combine(TestData.RepositoryRoot, "samples", "audio");

        var output = await packages.RunFileAsync("FileApp", "mood.cs", clips);

        Assert.Equal(Directory.GetFiles(clips, "*.mp3").Length, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
