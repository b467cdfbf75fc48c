using System.Text.Json.Nodes;
using SongMood.Learning;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class NetworkChoiceTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp", "16,8", "16x8")]
    [InlineData("hardtanh-mlp", "16", "16")]
    [InlineData("cnn", "4x4", "4x4")]
    [InlineData("rnn", "8", "8", "--layers", "2")]
    [InlineData("lstm", "8,6", "8x6")]
    [InlineData("gru", "8", "8")]
    [InlineData("crnn", "8,4", "8x4")]
    [InlineData("attention", "8,8", "8x8", "--layers", "1")]
    public async Task Every_network_can_be_asked_for_and_is_the_one_that_is_measured(string network, string hidden, string described,
        params string[] more)
    {
        string[] input = NetworkKinds.Parse(network).IsSequence()
            ? ["--crop-frames", "32", "--seconds", "1"] // the network says what it hears
            : ["--columns", "pitch,other,pitch,other,pitch,other,pitch,other"];
        var json = _folder.File("out.json");
        string[] asked = ["--data", tones.Labels, .. input, "--network", network, "--hidden", hidden, "--dropout", "0.25", "--weight-decay",
            "0.001", "--epochs", "1",
            "--batch", "8", .. more];
        var run = await Tool.RunAsync(["evaluate", .. asked, "--cross-validate", "2", "--json", json]);
        Assert.True(run.ExitCode == 0, run.Error);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!["settings"]!;
        Assert.Equal((network, described, "0.25", "0.001"),
            ((string)settings["network"]!, (string)settings["hidden"]!, (string)settings["dropout"]!, (string)settings["weight decay"]!));
        Assert.Contains($"network {network}, hidden {described}", run.Out);
        var model = _folder.File("out.zip");
        var train = await Tool.RunAsync(["train", .. asked, "--model", model]);
        Assert.True(train.ExitCode == 0, train.Error);
    }

    [Fact]
    public async Task Bags_are_an_ensemble_that_predicts_like_any_model()
    {
        var (model, json) = (_folder.File("bags.zip"), _folder.File("bags.json"));
        string[] asked = ["--data", tones.Labels, "--seconds", "1", "--bags", "3", "--hidden", "8", "--epochs", "2"];
        var train = await Tool.RunAsync(["train", .. asked, "--model", model]);
        Assert.True(train.ExitCode == 0, train.Error);
        var song = Directory.EnumerateFiles(Path.GetDirectoryName(tones.Labels)!, "*.wav", SearchOption.AllDirectories).First();
        var predict = await Tool.RunAsync(["predict", song, "--model", model, "--format", "json"]);
        Assert.True(predict.ExitCode == 0, predict.Error);
        var evaluate = await Tool.RunAsync(["evaluate", .. asked, "--cross-validate", "2", "--json", json]);
        Assert.True(evaluate.ExitCode == 0, evaluate.Error);
        Assert.Equal("3",
            (string)JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!["settings"]!["bags"]!);
    }

    [Theory]
    [InlineData("--inputs descriptors --network lstm", "--network lstm hears one frame after the other", "--inputs mel",
        "mlp, hardtanh-mlp, cnn")]
    [InlineData("--columns pitch --network attention", "it needs --inputs mel, not columns")]
    [InlineData("--inputs mel --network mlp", "--network mlp learns from numbers", "rnn, lstm, gru, crnn, attention")]
    [InlineData("--network perceptron", "perceptron", "hardtanh-mlp")]
    [InlineData("--layers 2", "--layers is for rnn, lstm, gru and attention; the network is linear")]
    [InlineData("--hidden 8 --layers 2", "the network is mlp", "A perceptron has as many layers as --hidden has sizes")]
    [InlineData("--network linear --hidden 8", "--hidden and --dropout are for networks with hidden layers; the network is linear")]
    [InlineData("--network linear --dropout 0.1", "--hidden and --dropout are for networks with hidden layers; the network is linear")]
    [InlineData("--inputs mel --layers 2", "the network is crnn")]
    [InlineData("--crop-frames 10", "--crop-frames is for networks over the mel spectrogram (--inputs mel, --inputs both)")]
    [InlineData("--layers 2 --crop-frames 10 --batch 1", "--layers is for rnn", "--crop-frames is for networks", "BatchSize is 1")]
    [InlineData("--columns pitch --features f.idv", "--features is for what was computed of the audio and --columns for the label file's")]
    [InlineData("--inputs mel --hidden 8,8,8", "--hidden 8x8x8 has 3 sizes")]
    [InlineData("--hidden 8,,8", "--hidden is '8,,8'")]
    [InlineData("--hidden 0", "--hidden is '0'")]
    [InlineData("--hidden wide", "--hidden is 'wide'")]
    [InlineData("--dropout 1", "--dropout is 1; expected 0 or more and less than 1")]
    [InlineData("--weight-decay -1", "--weight-decay is -1; expected a number of 0 or more")]
    [InlineData("--batch 1", "BatchSize is 1", "at least 2")]
    [InlineData("--inputs mel --network attention --hidden 6", "Heads (4) divides the last")]
    [InlineData("--inputs both --network mlp", "--inputs both trains two networks")]
    [InlineData("--inputs both --hidden 8", "--inputs both trains two networks")]
    [InlineData("--inputs both --dropout 0.1", "--inputs both trains two networks")]
    [InlineData("--layers 0", "--layers is 0; expected a whole number, 1 or more")]
    [InlineData("--bags 0", "--bags is 0; expected a whole number, 1 or more")]
    [InlineData("--inputs both --bags 2", "--bags repeats one network")]
    public async Task What_a_network_does_not_have_is_refused_before_anything_is_heard(string options, params string[] says)
    {
        foreach (var command in new[] { new[] { "train", "--model", _folder.File("out.zip") }, ["evaluate", "--cross-validate", "2"] })
        {
            var run = await Tool.RunAsync([.. command, "--data", tones.Labels, .. options.Split(' ')]);
            Assert.Equal(2, run.ExitCode);
            Assert.Empty(run.Out);
            foreach (var text in says)
                Assert.Contains(text, run.Error);
        }
        Assert.False(File.Exists(_folder.File("out.zip")));
    }
}
