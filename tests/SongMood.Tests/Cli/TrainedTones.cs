using SongMood.Tests.Cli;

[assembly: AssemblyFixture(typeof(TrainedTones))]

namespace SongMood.Tests.Cli;

/// <summary>A model that the tool trained, once for all tests, to tell low tones from high ones.</summary>
public sealed class TrainedTones : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public string Labels { get; private set; } = "";

    public string Model => _folder.File("tones.zip");

    internal Tool Training { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Labels = ToneFiles.WriteLabelledSongs(_folder);
        Training = await Tool.RunAsync("train", "--data", Labels, "--model", Model, "--inputs", "mel", "--epochs", "10", "--batch", "8",
            "--learning-rate", "0.005", "--seed", "3");
        Assert.True(Training.ExitCode == 0, Training.Error);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
