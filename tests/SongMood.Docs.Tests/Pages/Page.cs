using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests.Pages;

/// <summary>A Markdown file of the repository.</summary>
internal sealed partial class Page(string name)
{
    /// <summary>All of them, by their paths in the repository.</summary>
    public static string[] Names { get; } = [.. new[] { "*.md", "docs/*.md", "docs/decisions/*.md" }.SelectMany(Find)
        .Concat(Directory.GetDirectories(PathOf("src")).Select(folder => $"src/{Path.GetFileName(folder)}/README.md"))
        .Concat(["benchmarks/README.md", "samples/audio/README.md"]).Where(file => File.Exists(PathOf(file)))];

    public string Name => name;

    public string Text { get; } = File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");

    public static string PathOf(string name) => Path.Combine(TestData.RepositoryRoot, name);

    /// <summary>
    /// The programs of a page. What is in a block "csharp", or in backticks in a table's column "SongMood", is code, and so is a comment
    /// that begins with "csharp": what the code needs that a reader does not. "csharp new" begins another program, "csharp compiled" one
    /// that is not run, such as one that starts itself, and "csharp of FILE" a quotation of a program that is run elsewhere.
    /// </summary>
    public List<PageProgram> Programs()
    {
        var programs = new List<PageProgram> { new(null) };
        foreach (Match match in Code().Matches(Text))
        {
            if (match.Groups["new"].Success)
                programs.Add(new(null) { IsRun = match.Groups["new"].Value == "new" });
            if (match.Groups["of"].Success)
                programs.Add(new(match.Groups["of"].Value));
            else if (match.Groups["table"].Success)
                programs[^1].Pieces.AddRange(match.Groups["table"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(row => Statement().Matches(row.Split('|')[2])).Select(statement => statement.Groups[1].Value));
            else
                programs[^1].Pieces.Add(match.Groups["code"].Value);
        }
        programs.RemoveAll(program => program.Pieces.Count == 0);
        return programs;
    }

    /// <summary>Lines that are set off by four blanks and end as C# does, which no test would run.</summary>
    public IEnumerable<string> IndentedCode() => Fenced().Replace(Text, "").Split('\n')
        .Where(line => line.StartsWith("    ") && line.TrimEnd().EndsWith(';') && line.Contains('(') && !line.Contains(" do "));

    private static IEnumerable<string> Find(string pattern) =>
        Directory.GetFiles(PathOf(Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern))
            .Select(file => Path.GetRelativePath(TestData.RepositoryRoot, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [GeneratedRegex("""
        ^<!--\ csharp\ of\ (?<of>\S+)\ -->
        |^<!--\ csharp(\ (?<new>new|compiled))?\n(?<code>.*?)^-->
        |^```csharp\n(?<code>.*?)^```
        |^\|[^|\n]*\|\ SongMood\ \|\n\|---\|---\|\n(?<table>(\|[^\n]*\n)+)
        """, RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Code();

    [GeneratedRegex("`([^`]*;)`")]
    private static partial Regex Statement();

    [GeneratedRegex("^```.*?^```|^<!--.*?^-->", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();
}
