using SongMood.TestSupport;

namespace SongMood.Tests.Architecture;

/// <summary>What is written here, without what builds leave.</summary>
internal static class SourceFiles
{
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)
            .Where(source => !source.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
