using SongMood.Learning;
using SongMood.Tests.Trainers;
using SongMood.TestSupport;

namespace SongMood.Tests.Cli;

/// <summary>A song that is damaged is learnt from, and it is said which: a wrong label may be no worse.</summary>
[Collection(nameof(Torch))]
public sealed class DamagedSongsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_listens_names_the_damaged_songs()
    {
        var song = File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "samples", "audio", "calm-1.mp3"));
        var cut = _folder.Write("cut.mp3", song[..(song.Length / 2)]);
        _folder.Write("whole.mp3", song);
        for (var i = 0; i < 4; i++)
            _folder.Write($"{i}.wav", ToneFiles.Wav(3000, 3, seed: i));
        var labels = _folder.Write("labels.csv",
            "path,mood,artist\ncut.mp3,calm,a\nwhole.mp3,calm,b\n0.wav,high,c\n1.wav,high,d\n2.wav,calm,e\n3.wav,high,f\n");
        var (features, model) = (_folder.File("features.idv"), _folder.File("model.zip"));
        string[] listening = ["--data", labels, "--seconds", "2"];
        foreach (var tool in new[]
        {
            await Tool.RunAsync(["extract", "--out", features, .. listening]),
            await Tool.RunAsync(["train", "--model", model, "--epochs", "1", .. listening]),
            await Tool.RunAsync("evaluate", "--data", labels, "--model", model),
        })
        {
            Assert.True(tool.ExitCode == 0, tool.Error);
            Assert.Contains($"{cut}: ", tool.Error);
            Assert.Contains("s are there", tool.Error);
            Assert.Contains("1 song is damaged; what is left of it was heard.", tool.Error);
            Assert.DoesNotContain("whole.mp3", tool.Error);
        }

        var steps = new List<LearningProgress>();
        await new FeatureExtraction(LabelledSongs.Read(labels), _folder.File("again.idv"))
            .RunAsync(progress: new Collector(steps), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(cut, Assert.Single(steps, step => step.Damage is not null).Damage!.Path);
    }

    private sealed class Collector(List<LearningProgress> steps) : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value) => steps.Add(value);
    }
}
