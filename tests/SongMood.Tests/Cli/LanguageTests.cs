using System.Globalization;
using System.Text.RegularExpressions;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>What the tool writes on a machine of another language is what it writes here.</summary>
[Collection(nameof(Torch))]
public sealed class LanguageTests : IDisposable
{
    private const string Expected = "SONGMOOD_TEST_LANGUAGE";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("de_DE.UTF-8", "de-DE")]
    [InlineData("tr_TR.UTF-8", "tr-TR")]
    public async Task Outputs_are_the_same_in_every_language(string locale, string culture)
    {
        (string, string)[] language =
            [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"), ("LC_ALL", locale), ("LANG", locale), (Expected, culture)];
        var condition = await ToolProcess.RunAsync(
            typeof(LanguageTests).Assembly.Location,
            ["-method", $"{typeof(LanguageTests).FullName}.{nameof(This_process_has_the_language)}"], language);
        Assert.True(condition.ExitCode == 0, condition.Out + condition.Error);
        Assert.Contains("Total: 1", condition.Out);
        Assert.DoesNotContain("Skipped: 1", condition.Out);

        var random = new Random(4);
        var labels = _folder.Write("labels.csv",
            "ID,mood,artist,x,y\n" + string.Concat(Enumerable.Range(0, 24).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"I{i},{(i % 2 == 0 ? "high" : "low")},artist {i / 4},{i % 2 + 0.1 * random.NextDouble()},{random.NextDouble()}\n"))));
        var (model, json, html) = (_folder.File("m.zip"), _folder.File("out.json"), _folder.File("out.html"));
        var trained = await Tool.RunAsync("train", "--data", labels, "--columns", "x,y", "--model", model, "--epochs", "20",
            "--learning-rate", "0.01", "--batch", "8");
        Assert.True(trained.ExitCode == 0, trained.Error);

        string[][] commands =
        [
            ["evaluate", "--data", labels, "--model", model, "--json", json, "--report", html],
            ["predict", labels, "--model", model, "--format", "csv"],
            ["predict", labels, "--model", model, "--format", "json"],
            ["train", "--data", labels, "--columns", "x,y", "--model", model, "--learning-rate", "0,001"],
        ];
        foreach (var command in commands)
        {
            var here = await Tool.RunAsync(command);
            var (figures, page) = (Undated(json), Undated(html));
            var there = await ToolProcess.RunAsync(ToolProcess.Assembly, command, language);
            Assert.Equal((here.ExitCode, here.Out), (there.ExitCode, there.Out));
            Assert.EndsWith(here.Error, there.Error); // before it, a shell that starts dotnet may complain of the language
            Assert.Equal(figures, Undated(json));
            Assert.Equal(page, Undated(html));
        }
        Assert.Contains("0.", File.ReadAllText(json));
    }

    [Fact]
    public void This_process_has_the_language()
    {
        var language = Environment.GetEnvironmentVariable(Expected);
        Assert.SkipWhen(language is null, "runs in a process of another language");
        Assert.Equal(language, CultureInfo.CurrentCulture.Name);
        Assert.Equal("1,5", $"{1.5}");
    }

    /// <summary>
    /// A report but for the lines that say when it was made, and for names in drawings, which Skia counts through a process.
    /// </summary>
    private static string Undated(string path) => Regex.Replace(
        string.Join('\n', File.ReadLines(path).Where(line => !line.Contains(DateTime.Now.Year.ToString(CultureInfo.InvariantCulture)))),
        "cl_[0-9a-f]+", "cl");
}
