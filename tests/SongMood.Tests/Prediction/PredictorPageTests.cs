using System.Reflection;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>docs/predictor.md shows what a sample prints; that it shows the sample's code, SongMood.Docs.Tests checks.</summary>
public sealed class PredictorPageTests
{
    private static string Page => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "predictor.md"));

    /// <summary>The figures are those of the model at hand, which is trained anew at times; what each line tells is compared.</summary>
    [Fact]
    public async Task The_sample_prints_what_the_page_says()
    {
        var output = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            var sample = Assembly.Load("PredictInDepth").EntryPoint!;
            var result = sample.Invoke(null, [new[] { Path.Combine(TestData.RepositoryRoot, "samples", "audio") }]);
            Assert.Equal(0, result is Task<int> running ? await running : result);
        }
        finally
        {
            Console.SetOut(output);
        }
        var said = Labels(string.Concat(Blocks("text")));
        Assert.True(said.Length > 10);
        Assert.Equal(said, Labels(printed.ToString()));

        static string[] Labels(string text) =>
            [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(':')])];
    }

    private static string[] Blocks(string language) =>
        [.. Page.Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)])];
}
