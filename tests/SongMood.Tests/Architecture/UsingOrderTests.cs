using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Tests.Architecture;

/// <summary>
/// What <c>dotnet format</c> would say of the lines that begin a file: the gate runs only its quick part, which does not look at them.
/// </summary>
public partial class UsingOrderTests
{
    private static readonly string[] Folders = ["src", "tests", "benchmarks", "samples", "build"];

    [Fact]
    public void Namespaces_are_in_order_those_of_the_system_first()
    {
        var sources = Folders.SelectMany(SourceFiles.In).Select(file => (file, Used: Used(File.ReadAllLines(file)))).ToArray();
        Assert.True(sources.Count(source => source.Used.Length > 1) > 500);
        Assert.Empty(sources.Where(source => !source.Used.SequenceEqual(Ordered(source.Used)))
            .Select(source => Path.GetRelativePath(TestData.RepositoryRoot, source.file)));
    }

    [Fact]
    public void The_order_is_that_of_the_parts_of_a_name()
    {
        string[] used = ["SongMood.Tests.Cli", "System.Text", "SongMood.TestSupport", "Microsoft.ML.Data", "System", "Microsoft.ML"];
        Assert.Equal(["System", "System.Text", "Microsoft.ML", "Microsoft.ML.Data", "SongMood.Tests.Cli", "SongMood.TestSupport"],
            Ordered(used));
        Assert.Equal(["A", "B.C"], Used(["", "using A;", "using static B;", "using B.C;", "namespace D;", "using E;"]));
    }

    private static string[] Used(IEnumerable<string> lines) =>
        [.. lines.TakeWhile(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) || line[0] is '/' or '#')
            .Select(line => Plain().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    // '.' is below all letters, so that a name's parts are compared one by one.
    private static IEnumerable<string> Ordered(IEnumerable<string> names) => names
        .OrderBy(name => name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1)
        .ThenBy(name => name.ToLowerInvariant(), StringComparer.Ordinal);

    [GeneratedRegex(@"^using ([\w.]+);")]
    private static partial Regex Plain();
}
