using System.Text.RegularExpressions;

namespace SongMood.Tests.Cli;

/// <summary>Who types <c>songmood</c> alone is told what to type next.</summary>
public partial class WelcomeTests
{
    [Fact]
    public async Task The_tool_alone_shows_examples_of_commands_and_options_that_there_are()
    {
        var welcome = await Tool.RunAsync();
        Assert.Equal(0, welcome.ExitCode);
        Assert.Empty(welcome.Error);
        Assert.Contains("songmood predict song.mp3", welcome.Out);
        var examples = Examples().Matches(welcome.Out);
        Assert.True(examples.Count >= 7, $"{examples.Count} examples");
        foreach (var example in examples.AsEnumerable())
        {
            var help = await Tool.RunAsync(example.Groups["command"].Value, "--help");
            Assert.True(help.ExitCode == 0, example.Value);
            foreach (var option in Options().Matches(example.Value).Select(match => match.Value))
                Assert.Matches($@"(^|[\s,]){option}[\s,]", help.Out);
        }
    }

    [GeneratedRegex(@"^ +songmood (?<command>[a-z]+).*$", RegexOptions.Multiline)]
    private static partial Regex Examples();

    [GeneratedRegex(@"(?<= )--?[a-z][a-z-]*")]
    private static partial Regex Options();
}
