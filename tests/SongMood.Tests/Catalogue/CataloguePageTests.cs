using System.Text.RegularExpressions;
using SongMood.Tests.Cli;
using SongMood.TestSupport;

namespace SongMood.Tests.Catalogue;

/// <summary>The queries of docs/catalogue.md, on what the tool writes.</summary>
public sealed partial class CataloguePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_queries_run_and_say_what_they_should()
    {
        var path = _folder.File("moods.parquet");
        _folder.Write("letter.mp3", "no music");
        var run = await Tool.RunAsync("predict", Path.Combine(TestData.RepositoryRoot, "samples", "audio"), _folder.File("letter.mp3"),
            "--embedding", "--out", path);
        Assert.True(run.ExitCode == 1, run.Error);
        var queries = Query().Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "catalogue.md")))
            .Select(match => DuckDb.Query(match.Groups[1].Value.Replace("'moods.parquet'", $"'{path}'"))).ToArray();
        Assert.Equal(4, queries.Length);
        Assert.Equal(8, queries[0].Sum(row => Convert.ToInt32(row[2])));
        Assert.NotEmpty(queries[1]);
        Assert.All(queries[1], row => Assert.Contains("calm", (string)row[0]!));
        Assert.Equal(5, queries[2].Count);
        Assert.All(queries[2], row => Assert.InRange(Convert.ToDouble(row[1]), -1, 1));
        Assert.DoesNotContain(queries[2], row => ((string)row[0]!).Contains("calm-1"));
        Assert.Contains("this is text, not audio", (string)Assert.Single(queries[3])[1]!);
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Query();
}
