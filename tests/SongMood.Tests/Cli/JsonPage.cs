using Json.Schema;
using SongMood.TestSupport;

namespace SongMood.Tests.Cli;

/// <summary>docs/json.md, from which the tests read the schema of each command's JSON.</summary>
internal static class JsonPage
{
    private const string Fence = "```json\n";

    public static JsonSchema SchemaOf(string command)
    {
        var page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "json.md"));
        var heading = page.IndexOf($"\n## `songmood {command} --format json`", StringComparison.Ordinal);
        Assert.True(heading >= 0, $"docs/json.md has no heading for {command}");
        var start = page.IndexOf(Fence, heading, StringComparison.Ordinal) + Fence.Length;
        return JsonSchema.FromText(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]);
    }
}
