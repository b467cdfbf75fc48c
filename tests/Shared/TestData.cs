namespace SongMood.TestSupport;

/// <summary>Finds the repository and, beside it, the data that it never contains.</summary>
public static class TestData
{
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>
    /// The data folder (<c>SONGMOOD_DATA</c>, else <c>../shared/data</c> beside the repository), or null where there is none.
    /// </summary>
    public static string? Root { get; } = FindData();

    /// <summary>A path under the data folder; the calling test is reported as skipped where it is missing.</summary>
    public static string Require(params string[] parts)
    {
        Assert.SkipWhen(Root is null, "needs the data folder (../shared/data, or SONGMOOD_DATA)");
        var path = Path.Combine([Root!, .. parts]);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"needs {path}");
        return path;
    }

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SongMood.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"SongMood.sln is in no folder above {AppContext.BaseDirectory}");
    }

    private static string? FindData()
    {
        var named = Environment.GetEnvironmentVariable("SONGMOOD_DATA");
        if (!string.IsNullOrEmpty(named))
            return Directory.Exists(named)
                ? named : throw new DirectoryNotFoundException($"SONGMOOD_DATA names '{named}', which is no folder");
        var beside = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data"));
        return Directory.Exists(beside) ? beside : null;
    }
}
