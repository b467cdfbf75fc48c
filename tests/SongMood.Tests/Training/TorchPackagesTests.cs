using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SongMood.TestSupport;
using SongMood.Training;

namespace SongMood.Tests.Training;

/// <summary>
/// Whoever has only the packages is told which one to add: its name and version are those of Directory.Packages.props wherever they stand.
/// </summary>
public class TorchPackagesTests
{
    private static readonly Dictionary<string, string> Central = XDocument
        .Load(Path.Combine(TestData.RepositoryRoot, "Directory.Packages.props"))
        .Descendants("PackageVersion").ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!);

    [Fact]
    public void The_assembly_knows_all_of_them()
    {
        var known = typeof(TorchPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToDictionary(item => item.Key, item => item.Value!);
        var wanted = Central.Keys.Where(name => name.StartsWith("libtorch-") || name.StartsWith("TorchSharp-")).ToArray();
        Assert.True(wanted.Length >= 5, $"{wanted.Length}");
        foreach (var name in wanted)
            Assert.Equal(Central[name], known[name]);
    }

    [Fact]
    public void Errors_say_what_to_type()
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal(("libtorch-cpu-linux-x64", "TorchSharp-cuda-linux"), (TorchPackages.Cpu, TorchPackages.Cuda));
        Assert.Equal($"dotnet add package {TorchPackages.Cpu} --version {Central[TorchPackages.Cpu!]}",
            TorchPackages.HowToAdd(TorchPackages.Cpu));
        Assert.Contains("there is none for this system", TorchPackages.HowToAdd(null));
        Assert.Contains("libtorch-cpu-win-x64", TorchPackages.HowToAdd(null));
    }

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("src/SongMood/README.md", 1)]
    [InlineData("src/SongMood.Cli/README.md", 1)]
    [InlineData("docs/training.md", 5)]
    [InlineData("tests/SongMood.Package.Tests/Consumers/TrainApp/TrainApp.csproj", 3)]
    public void Pages_name_the_versions_in_use(string page, int count)
    {
        var text = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, page));
        var named =
            Regex.Matches(text, @"(libtorch-cpu-[a-z0-9-]+|TorchSharp-cuda-[a-z]+)(?:@|[`"" |]+(?:--version |@|Version="")?)(\d[\w.]*\d)");
        Assert.True(named.Count >= count, $"{page} names {named.Count} packages with a version");
        Assert.All(named, match => Assert.Equal(Central[match.Groups[1].Value], match.Groups[2].Value));
    }

    [Fact]
    public void No_text_of_the_library_or_the_tool_asks_for_a_property_of_this_repository()
    {
        var sources = Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories);
        Assert.True(sources.Length > 100);
        Assert.All(sources, source => Assert.DoesNotContain("TorchBackend", File.ReadAllText(source)));
    }
}
