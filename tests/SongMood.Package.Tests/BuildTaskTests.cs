using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Package.Tests;

/// <summary>The repository's own build tasks.</summary>
public class BuildTaskTests
{
    /// <summary>"dotnet publish --use-current-runtime" in a fresh clone hands a runtime on to the projects below.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-p:RuntimeIdentifier=linux-x64")]
    [InlineData("-p:UseCurrentRuntimeIdentifier=true")]
    public async Task They_are_built_to_where_the_targets_look(string runtime)
    {
        var build = Path.Combine(TestData.RepositoryRoot, "build");
        string[] arguments = ["msbuild", "SongMood.Build/SongMood.Build.csproj", "-p:Configuration=Release", "-getProperty:TargetPath",
            .. runtime.Length > 0 ? [runtime] : Array.Empty<string>()];
        var target = await Dotnet.RunAsync(build, "dotnet", arguments);

        var looked = Regex.Match(File.ReadAllText(Path.Combine(build, "FriendAccess.targets")),
            "<SongMoodBuildTasks>(.*)</SongMoodBuildTasks>").Groups[1].Value;
        Assert.Contains("$(Configuration)", looked);
        Assert.Equal(
            looked.Replace("$(MSBuildThisFileDirectory)", build + Path.DirectorySeparatorChar).Replace("$(Configuration)", "Release"),
            target.Trim());
    }
}
