namespace SongMood.Docs.Tests.Pages;

/// <summary>The code of a page compiles and runs, from its first block to its last, in a folder that has what the pages speak of.</summary>
public sealed class PageCodeTests
{
    public static TheoryData<string> WithCode => [.. Page.Names.Where(name => new Page(name).Programs().Count > 0)];

    [Fact]
    public void The_pages_that_are_all_code_are_among_them() => Assert.Superset(
        new HashSet<string> { "README.md", "docs/getting-started.md", "docs/pipeline.md", "docs/coming-from.md", "src/SongMood/README.md" },
        WithCode.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(WithCode))]
    public async Task Its_code_runs(string name)
    {
        using var folder = new WorkFolder();
        foreach (var program in new Page(name).Programs())
            if (program.Source is { } source)
                Assert.All(program.Pieces, piece => Assert.Contains(piece, File.ReadAllText(Page.PathOf(source))));
            else if (!program.IsRun)
                CodeProgram.Compile(name, program.Pieces);
            else
                await PrintedText.OfAsync(() => CodeProgram.RunAsync(name, program.Pieces));
    }

    [Fact]
    public void No_code_hides_in_an_indented_block() =>
        Assert.Equal([], Page.Names.SelectMany(name => new Page(name).IndentedCode().Select(line => $"{name}: {line.Trim()}")));
}
