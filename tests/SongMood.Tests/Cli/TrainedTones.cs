using SongMood.Tests.Cli;

[assembly: AssemblyFixture(typeof(TrainedTones))]

namespace SongMood.Tests.Cli;

/// <summary>
/// A model that the tool trained, once for all tests, to tell low tones from high ones. It is trained when the first test asks for it, in a
/// process of its own, so that the tests that need no model need not wait, and torch's random numbers in this one stay as they are.
/// </summary>
public sealed class TrainedTones : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Tool> _training;

    public TrainedTones()
    {
        Labels = ToneFiles.WriteLabelledSongs(_folder);
        _training = new Lazy<Tool>(() => Task.Run(TrainAsync).GetAwaiter().GetResult());
    }

    public string Folder => _folder.Path;

    public string Labels { get; }

    public string Model
    {
        get
        {
            _ = Training;
            return ModelPath;
        }
    }

    internal Tool Training => _training.Value;

    private string ModelPath => _folder.File("tones.zip");

    public void Dispose() => _folder.Dispose();

    private async Task<Tool> TrainAsync()
    {
        var training = await ToolProcess.RunAsync(ToolProcess.Assembly, ["train", "--data", Labels, "--model", ModelPath,
            "--inputs", "mel", "--epochs", "10", "--batch", "8", "--learning-rate", "0.005", "--seed", "3"]);
        Assert.True(training.ExitCode == 0, training.Error);
        return training;
    }
}
