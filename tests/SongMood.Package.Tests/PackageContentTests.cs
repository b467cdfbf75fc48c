using System.Text.RegularExpressions;

namespace SongMood.Package.Tests;

/// <summary>What lies in the packages, how large they are, and what they say of themselves.</summary>
public partial class PackageContentTests(PackedPackages packages, ITestOutputHelper output)
{
    public static TheoryData<string> Projects => [.. PackedPackages.Projects];

    public static TheoryData<string> Libraries => [.. PackedPackages.Libraries];

    [Theory]
    [MemberData(nameof(Projects))]
    public void It_says_who_made_it_what_it_is_and_what_is_new(string project)
    {
        var package = packages.Find(project);
        Assert.Equal("MIT", package.Find("license")!.Value);
        Assert.Equal("expression", (string?)package.Find("license")!.Attribute("type"));
        Assert.Contains(package.Find("icon")!.Value, package.Files.Keys);
        Assert.Contains(package.Find("readme")!.Value, package.Files.Keys);
        Assert.True(package.Find("description")!.Value.Length > 40);
        Assert.Contains("songmood", package.Find("authors")!.Value, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0.1.0", package.Find("releaseNotes")!.Value);
        Assert.Equal(PackedPackages.RepositoryUrl, package.Find("projectUrl")!.Value);
        Assert.Equal(PackedPackages.RepositoryUrl, (string?)package.Find("repository")!.Attribute("url"));
    }

    /// <summary>Nothing of the repository is in reach of a package.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Its_page_leads_nowhere_that_a_package_does_not_have(string project)
    {
        var page = packages.Find(project).Text("README.md");
        Assert.True(page.Length > 500, $"{page.Length} characters");
        Assert.All(Links().Matches(page), link => Assert.StartsWith("https://", link.Groups[1].Value));
        foreach (var place in new[] { "docs/", "samples/", "src/", "--project", "CONTRIBUTING" })
            Assert.DoesNotContain(place, page);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_documentation_and_its_symbols(string project)
    {
        var package = packages.Find(project);
        output.WriteLine($"{project}: {package.Megabytes:F1} MB");
        Assert.Contains($"lib/net10.0/{project}.dll", package.Files.Keys);
        Assert.True(package.Files[$"lib/net10.0/{project}.xml"] > 1000);
        Assert.Contains($"lib/net10.0/{project}.pdb", packages.Find(project, ".snupkg").Files.Keys);
        Assert.InRange(package.Megabytes, 0.01, 12);
    }

    [Fact]
    public void The_tool_is_small_and_has_what_this_system_needs()
    {
        var pointer = packages.Find("SongMood.Cli");
        var tool = packages.ToolForThisSystem;
        output.WriteLine($"{tool.Megabytes:F1} MB, unpacked {tool.Files.Values.Sum() / 1e6:F1} MB");
        foreach (var (file, length) in tool.Files.OrderByDescending(file => file.Value).Take(8))
            output.WriteLine($"  {length / 1e6,6:F1} MB {file}");
        Assert.InRange(pointer.Megabytes, 0, 0.1);
        Assert.InRange(tool.Megabytes, 10, 60);
        var names = tool.Files.Keys.Select(file => Path.GetFileName(file)).ToArray();
        Assert.Contains("SongMood.dll", names);
        Assert.Contains(names, name => name.Contains("onnxruntime") && !name.Contains("providers"));
        Assert.Contains(names, name => name.Contains("LibTorchSharp"));
        Assert.DoesNotContain(names, name => name.Contains("torch_cpu"));
        Assert.DoesNotContain(names, name => name is "libSkiaSharp.pdb" or "onnxruntime.aar");
    }

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Links();
}
