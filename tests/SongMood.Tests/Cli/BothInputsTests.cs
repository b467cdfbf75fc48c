using System.Text.Json.Nodes;
using SongMood.Prediction;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>Descriptors and mel spectrogram of one decoding, a network on each.</summary>
[Collection(nameof(Torch))]
public sealed class BothInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _labels;

    public BothInputsTests() => _labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 4);

    public void Dispose() => _folder.Dispose();

    private async Task<string> TrainAsync(string inputs, params string[] more)
    {
        var model = _folder.File($"{inputs}.zip");
        var run =
            await Tool.RunAsync(
            ["train", "--data", _labels, "--inputs", inputs, "--model", model, "--epochs", "3", "--batch", "4", "--seed", "6", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return model;
    }

    [Fact]
    public async Task What_both_say_is_three_parts_descriptors_and_one_part_spectrogram()
    {
        var song = _folder.Write("other.wav", ToneFiles.Wav(900, 1.7));
        using var both = MoodPredictor.Load(await TrainAsync("both", "--crop-frames", "40"));
        using var descriptors = MoodPredictor.Load(await TrainAsync("descriptors"));
        using var mel = MoodPredictor.Load(await TrainAsync("mel", "--crop-frames", "40"));
        var (one, two) = (descriptors.Predict(song).Scores, mel.Predict(song).Scores);
        foreach (var (mood, score) in both.Predict(song).Scores)
            Assert.Equal((3 * one[mood] + two[mood]) / 4, score, 1e-5f);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task One_model_decodes_once_and_the_tool_takes_it_like_any_other()
    {
        var model = await TrainAsync("both");
        var steps = ModelDescription.Read(model).Steps;
        string[] expected =
            ["LoadAudioTransformer", "MusicDescriptorsTransformer", "PowerToDecibelsTransformer", "EnsemblePredictionTransformer"];
        string[] names = ["ColumnCopyingTransformer", "KeyToValueMappingTransformer"]; // the label as the mood's name, its key beside it
        Assert.Equal(expected.Concat(names), steps.Select(step => step.Split(':')[0]));

        var predicted = await Tool.RunAsync("predict", _folder.File("songs"), "--model", model, "--format", "json");
        Assert.True(predicted.ExitCode == 0, predicted.Error);
        Assert.Equal(8, predicted.JsonLines.Length);
        var json = _folder.File("out.json");
        var measured = await Tool.RunAsync("evaluate", "--data", _labels, "--model", model, "--json", json);
        Assert.True(measured.ExitCode == 0, measured.Error);

        var crossed = await Tool.RunAsync("evaluate", "--data", _labels, "--inputs", "both", "--cross-validate", "2", "--epochs", "1",
            "--batch", "4", "--json", json);
        Assert.True(crossed.ExitCode == 0, crossed.Error);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!["settings"]!;
        Assert.Equal(("both", "mlp + crnn"), ((string)settings["inputs"]!, (string)settings["network"]!));
    }

    [Fact]
    public async Task A_sweep_over_both_needs_one_number_of_epochs()
    {
        string[] sweep =
            ["sweep", "--data", _labels, "--inputs", "both", "--out", _folder.File("t.csv"), "--learning-rate", "1e-4,1e-3", "--batch", "4",
            "--hold-out", "0.4", "--jobs", "1"];
        (await Tool.RunAsync(sweep)).AssertFailed("give it with --epochs");
        var run = await Tool.RunAsync([.. sweep, "--epochs", "1"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(3, File.ReadAllLines(_folder.File("t.csv")).Length);
    }
}
