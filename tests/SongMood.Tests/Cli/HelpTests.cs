using System.Text.RegularExpressions;
using SongMood.Learning;
using SongMood.Training;

namespace SongMood.Tests.Cli;

/// <summary>What --help tells is what is done.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public async Task Defaults_of_networks_are_those_that_they_are_trained_with()
    {
        var help = (await Tool.RunAsync("train", "--help-all")).Out;
        foreach (var (option, value) in new (string, Func<NetworkOptions, string>)[]
        {
            ("--epochs", options => $"{options.Epochs}"),
            ("--batch", options => $"{options.BatchSize}"),
            ("--learning-rate", options => options.LearningRate.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)),
        })
        {
            var line = help.Split('\n').Single(line => line.TrimStart().StartsWith(option + " ", StringComparison.Ordinal));
            foreach (var (input, kind) in new[]
            {
                (SongInput.Descriptors, NetworkKind.Mlp), (SongInput.Columns, NetworkKind.Mlp), (SongInput.Mel, NetworkKind.Lstm),
                (SongInput.Mel, NetworkKind.Crnn),
            })
            {
                var options =
                    NetworkRecipe.Networks(
                    new MoodLearningOptions { Inputs = input, Network = new NetworkChoice { Kind = kind } })[0].Options;
                var name = kind.ToString().ToLowerInvariant();
                var told = Groups().Matches(line).ToDictionary(group => group.Groups[1].Value, group => group.Groups[2].Value.Split(", "));
                Assert.Contains(told[value(options)],
                    kinds => kinds == name || kinds == $"{name} over {input.ToString().ToLowerInvariant()}");
            }
        }
        Assert.DoesNotContain("network's own", help);
    }

    [Theory]
    [InlineData("sweep", "--cross-validate", "Default: 5.")]
    [InlineData("sweep", "--eta", "Default: 3.")]
    [InlineData("train", "--bags", "[default: 1]")]
    [InlineData("train", "--seed", "[default: 1]")]
    [InlineData("predict", "--threads", "Default: all cores.")]
    [InlineData("index", "--threads", "Default: all cores.")]
    [InlineData("similar", "--count", "[default: 10]")]
    [InlineData("extract", "--threads", "Default: all cores.")]
    [InlineData("predict", "--max-hours", "[default: 10]")]
    [InlineData("predict", "--format", "[default: table]")]
    [InlineData("predict", "--playlist-paths", "[default: relative]")]
    [InlineData("spectrogram", "--bands", "[default: 128]")]
    [InlineData("train", "--crop-frames", "256")]
    public async Task Each_default_is_told_once(string command, string option, string says)
    {
        var line = (await Tool.RunAsync(command, "--help-all")).Out.Split('\n').Single(
            line => line.TrimStart().StartsWith('-') && line.Contains($"{option} "));
        Assert.Contains(says, line);
        Assert.Single(Regex.Matches(line, "default:", RegexOptions.IgnoreCase));
    }

    /// <summary>A value and, in brackets, the networks that have it.</summary>
    [GeneratedRegex(@"([\d.]+) \(([^)]*)\)")]
    private static partial Regex Groups();
}
