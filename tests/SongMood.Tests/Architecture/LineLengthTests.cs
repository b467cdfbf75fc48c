using SongMood.TestSupport;

namespace SongMood.Tests.Architecture;

/// <summary>What .editorconfig says of lines, which no tool looks at.</summary>
public class LineLengthTests
{
    private const string Rule = "max_line_length = ";
    private static readonly string[] Folders = ["src", "tests", "benchmarks", "samples", "build"];

    [Fact]
    public void Lines_are_no_longer_than_the_rule_says()
    {
        var settings = File.ReadAllLines(Path.Combine(TestData.RepositoryRoot, ".editorconfig"));
        var longest = int.Parse(Assert.Single(settings, line => line.StartsWith(Rule, StringComparison.Ordinal))[Rule.Length..]);
        string[] sources = [.. Folders.SelectMany(SourceFiles.In)];
        Assert.Contains(sources, source => source.EndsWith("LineLengthTests.cs", StringComparison.Ordinal));
        Assert.Empty(sources.SelectMany(source => LongLines(File.ReadAllLines(source), longest)
            .Select(number => $"{Path.GetRelativePath(TestData.RepositoryRoot, source)}({number})")));
    }

    [Fact]
    public void A_line_that_is_too_long_is_found_but_not_in_a_raw_string() => Assert.Equal([2, 6], LongLines(
        ["eight it", "nine here", "x = \"\"\"", "a report's page", "\"\"\";", "\"\"\"a\"\"\" + b"], longest: 8));

    // The text of a raw string of several lines is as its reader wants it: a page's markup, a file's rows.
    private static IEnumerable<int> LongLines(IReadOnlyList<string> lines, int longest)
    {
        var isRaw = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var wasRaw = isRaw;
            if (lines[i].Split("\"\"\"").Length % 2 == 0)
                isRaw = !isRaw;
            if (!wasRaw && lines[i].Length > longest)
                yield return i + 1;
        }
    }
}
