using System.Text.RegularExpressions;

namespace SongMood.Docs.Tests.Pages;

/// <summary>docs/troubleshooting.md quotes messages that the code says.</summary>
public sealed partial class TroubleshootingTests
{
    private const string NotOurs = "## Building and running";

    [Fact]
    public void Messages_are_those_of_the_code()
    {
        var ours = new Page("docs/troubleshooting.md").Text.Split(NotOurs)[0];
        string[] quotes = [.. Rows().Matches(ours).Select(match => match.Groups[1].Value)];
        Assert.True(quotes.Length > 25, $"{quotes.Length} messages");
        var code = string.Concat(Directory.GetFiles(Page.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Joined().Replace(File.ReadAllText(file), "")));
        Assert.Equal([], quotes.SelectMany(quote => quote.Split("...")).Where(part => part.Length > 0 && !code.Contains(part)));
    }

    /// <summary>The first cell of a row, where it is a quotation and nothing else.</summary>
    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    /// <summary>Where a text goes on in the next literal.</summary>
    [GeneratedRegex(@"""\s*\+\s*\$?""")]
    private static partial Regex Joined();
}
