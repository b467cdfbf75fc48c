using System.Diagnostics;
using SongMood.Catalogue;
using SongMood.TestSupport;

namespace SongMood.Tests.Catalogue;

/// <summary>Processes that listen.</summary>
internal static class Workers
{
    /// <summary>Which files with tests' own content can kill, keep waiting or watch (tests/SongMood.CatalogueHost).</summary>
    public static CatalogueWorkers Deadly => new()
    {
        Start = () => new ProcessStartInfo("dotnet", [Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.CatalogueHost", "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "cataloguehost.dll")]),
    };
}
