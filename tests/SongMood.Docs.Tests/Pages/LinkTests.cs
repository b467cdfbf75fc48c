using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests.Pages;

/// <summary>Links lead to files and headings that are there, and what pages name in the repository is there, too.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_links_lead_somewhere(string name)
    {
        var folder = Path.GetDirectoryName(Page.PathOf(name))!;
        var broken = new List<string>();
        foreach (var link in Links().Matches(new Page(name).Text).Select(match => match.Groups[1].Value))
        {
            if (link.StartsWith("https://"))
                continue;
            var (file, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var path = file.Length == 0 ? Page.PathOf(name) : Path.GetFullPath(Path.Combine(folder, file));
            if (!File.Exists(path) && !Directory.Exists(path))
                broken.Add(link);
            else if (anchor is not null && !Anchors(File.ReadAllText(path)).Contains(anchor))
                broken.Add(link);
        }
        Assert.Equal([], broken);
    }

    /// <summary>"docs/...", "samples/..." and the like in backticks.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Paths_that_it_names_are_there(string name) =>
        Assert.Equal([], Paths().Matches(new Page(name).Text).Select(match => match.Groups[1].Value.TrimEnd('/', '.'))
            .Where(path => !File.Exists(Page.PathOf(path)) && !Directory.Exists(Page.PathOf(path))));

    /// <summary>SomethingTests, alone or with the name of a test behind it.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Tests_that_it_names_are_there(string name) =>
        Assert.Equal([], Tests().Matches(new Page(name).Text)
            .Where(match => !Sources.Any(source => source.Contains($"class {match.Groups[1].Value}")
                && (!match.Groups[2].Success || source.Contains($" {match.Groups[2].Value}"))))
            .Select(match => match.Value));

    [Fact]
    public void The_contents_name_every_page_of_docs()
    {
        var contents = File.ReadAllText(Page.PathOf("docs/toc.yml"));
        var pages = Page.Names.Where(name => name.StartsWith("docs/") && !name.StartsWith("docs/decisions/0") && name != "docs/index.md");
        Assert.True(pages.Count() > 15);
        Assert.Equal([], pages.Where(page => !contents.Contains($"href: {page["docs/".Length..]}\n")));
    }

    [Fact]
    public void The_list_of_decisions_names_each()
    {
        var list = File.ReadAllText(Page.PathOf("docs/decisions/index.md"));
        Assert.Equal([], Page.Names.Where(name => name.StartsWith("docs/decisions/0") && !list.Contains($"({Path.GetFileName(name)})")));
    }

    private static string[] Sources { get; } =
        [.. Directory.GetFiles(Page.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    /// <summary>As GitHub and docfx make them: small letters, no punctuation, hyphens for blanks.</summary>
    private static IEnumerable<string> Anchors(string text) => Headings().Matches(text)
        .Select(match => NoLetters().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]*)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"`((?:docs|samples|src|tests|benchmarks|build|\.ci|\.github)/[\w./-]+)[`: ]")]
    private static partial Regex Paths();

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+?))?(?:_?\.\.\.)?`")]
    private static partial Regex Tests();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetters();
}
