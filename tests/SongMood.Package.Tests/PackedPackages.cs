using System.Runtime.InteropServices;
using SongMood.Package.Tests;
using SongMood.TestSupport;

[assembly: AssemblyFixture(typeof(PackedPackages))]

namespace SongMood.Package.Tests;

/// <summary>All projects under src/, packed once for all tests here, under a version that no package cache has seen before.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    /// <summary>Stands in the project's place to be filled in.</summary>
    public const string RepositoryUrl = "https://songmood.example/repository";

    private const string Tool = "SongMood.Cli";
    private const string VersionInFiles = "0.0.0-version-under-test";
    private readonly string _work = Directory.CreateTempSubdirectory("songmood-packages-").FullName;

    private int _copies;

    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    /// <summary>
    /// A package for each: what is new under src/ is packed and looked at, too. The tool is first, as it builds all others.
    /// </summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(TestData.RepositoryRoot, "src")).Select(folder => Path.GetFileName(folder)!)
            .OrderBy(name => name != Tool).ThenBy(name => name, StringComparer.Ordinal)];

    public static IEnumerable<string> Libraries => Projects.Where(project => project != Tool);

    private string Feed => Path.Combine(_work, "feed");

    public async ValueTask InitializeAsync()
    {
        // From a copy of the sources: the repository's own bin and obj may be in use by other tests at this moment.
        var sources = Path.Combine(_work, "sources");
        foreach (var folder in new[] { "src", "build" })
            CopySources(Path.Combine(TestData.RepositoryRoot, folder), Path.Combine(sources, folder));
        foreach (var file in Directory.GetFiles(TestData.RepositoryRoot))
            File.Copy(file, Path.Combine(sources, Path.GetFileName(file)));
        Assert.Contains(Tool, Projects);
        foreach (var project in Projects)
            await Dotnet.RunAsync(sources, "dotnet", "pack", Path.Combine("src", project), "--configuration", "Release", "-warnaserror",
                $"-p:Version={Version}", $"-p:RepositoryUrl={RepositoryUrl}", "--output", Feed,
                // For this system alone, and without what the build of the repository has looked at.
                $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "-p:RunAnalyzers=false");
    }

    /// <summary>A package of the feed.</summary>
    public PackedPackage Find(string id, string suffix = ".nupkg") => new(Path.Combine(Feed, $"{id}.{Version}{suffix}"));

    /// <summary>The tool's own package leads to this one.</summary>
    public PackedPackage ToolForThisSystem => Find($"{Tool}.{RuntimeInformation.RuntimeIdentifier}");

    /// <summary>Builds a consumer outside the repository, without a warning, and returns the folder of its output.</summary>
    public Task<string> BuildAsync(string consumer, params string[] arguments) => MakeAsync("build", consumer, arguments);

    /// <summary>Publishes it likewise.</summary>
    public Task<string> PublishAsync(string consumer, params string[] arguments) => MakeAsync("publish", consumer, arguments);

    /// <summary>Runs what was built and returns what it prints.</summary>
    public static Task<string> RunAsync(string output, string consumer, params string[] arguments) =>
        Dotnet.RunAsync(output, "dotnet", [Path.Combine(output, $"{consumer}.dll"), .. arguments]);

    /// <summary>Runs a file-based app (dotnet run file.cs) outside the repository and returns what it prints.</summary>
    public async Task<string> RunFileAsync(string consumer, string file, params string[] arguments)
    {
        var folder = await CopyAsync(consumer);
        var path = Path.Combine(folder, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(VersionInFiles, text);
        await File.WriteAllTextAsync(path, text.Replace(VersionInFiles, Version));
        var before = Directory.GetFileSystemEntries(folder);
        var printed = await Dotnet.RunAsync(folder, "dotnet", ["run", file, "--", .. arguments]);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(folder).Order()); // nothing is built beside the file
        return printed;
    }

    /// <summary>Runs an F# script beside a song.mp3, outside the repository, and returns what it prints.</summary>
    public async Task<string> RunScriptAsync(string script, string song)
    {
        const string package = "#r \"nuget: SongMood, 0.1.0\"";
        Assert.Contains(package, script);
        var folder = NewFolder("script");
        File.Copy(song, Path.Combine(folder, "song.mp3"));
        await File.WriteAllTextAsync(Path.Combine(folder, "mood.fsx"),
            script.Replace(package, $"#i \"nuget: {Feed.Replace('\\', '/')}\"\n#r \"nuget: SongMood, {Version}\""));
        // A script's packages are restored elsewhere, where no nuget.config of the folder is seen.
        var (exitCode, output, errors) = await Dotnet.TryAsync(folder, "dotnet", ["fsi", "mood.fsx"],
            [("NUGET_PACKAGES", Path.Combine(_work, "unpacked")), ("NUGET_FALLBACK_PACKAGES", await Dotnet.PackageFolderAsync())]);
        Assert.True(exitCode == 0, $"{output}\n{errors}");
        return output;
    }

    /// <summary>Installs the tool with a home folder of its own, and returns the program.</summary>
    public async Task<string> InstallToolAsync()
    {
        var home = Directory.CreateDirectory(Path.Combine(_work, "home")).FullName;
        await WriteConfigAsync(home);
        var tools = Path.Combine(home, "tools");
        var (exitCode, output, errors) = await Dotnet.TryAsync(home, "dotnet",
            ["tool", "install", Tool, "--version", Version, "--tool-path", tools],
            [("HOME", home), ("USERPROFILE", home), ("DOTNET_CLI_HOME", home)]);
        Assert.True(exitCode == 0, $"{output}\n{errors}");
        return Path.Combine(tools, OperatingSystem.IsWindows() ? "songmood.exe" : "songmood");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_work, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> MakeAsync(string command, string consumer, string[] arguments)
    {
        var folder = await CopyAsync(consumer);
        var output = Path.Combine(folder, "output");
        await Dotnet.RunAsync(folder, "dotnet", [command, "--configuration", "Release", "-warnaserror", "--output", output,
            $"-p:SongMoodVersion={Version}", .. arguments]);
        return output;
    }

    private async Task<string> CopyAsync(string consumer)
    {
        var folder = NewFolder(consumer);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumers", consumer)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await WriteConfigAsync(folder);
        return folder;
    }

    private string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(_work, "apps", $"{name}-{Interlocked.Increment(ref _copies)}")).FullName;

    /// <summary>
    /// The machine's own feeds stay; what is already unpacked on the machine is used from there, and the packages under test are unpacked
    /// beside the apps, so that no test version stays behind in anyone's cache.
    /// </summary>
    private async Task WriteConfigAsync(string folder) => await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources><add key="songmood-packed" value="{Feed}" /></packageSources>
          <config><add key="globalPackagesFolder" value="{Path.Combine(_work, "unpacked")}" /></config>
          <fallbackPackageFolders><add key="machine" value="{await Dotnet.PackageFolderAsync()}" /></fallbackPackageFolders>
        </configuration>
        """);

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            if (Path.GetFileName(folder) is var name and not ("bin" or "obj"))
                CopySources(folder, Path.Combine(to, name));
    }
}
