using System.Diagnostics;
using SongMood.TestSupport;

namespace SongMood.Package.Tests;

/// <summary>The two libraries, packed once for all tests here, under a version that no package cache has seen before.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private const string VersionInFiles = "0.0.0-version-under-test";
    private readonly string _work = Directory.CreateTempSubdirectory("songmood-packages-").FullName;

    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    private string Feed => Path.Combine(_work, "feed");

    public async ValueTask InitializeAsync()
    {
        // From a copy of the sources: the repository's own bin and obj may be in use by other tests at this moment.
        var sources = Path.Combine(_work, "sources");
        foreach (var folder in new[] { "src", "build" })
            CopySources(Path.Combine(TestData.RepositoryRoot, folder), Path.Combine(sources, folder));
        foreach (var file in Directory.GetFiles(TestData.RepositoryRoot))
            File.Copy(file, Path.Combine(sources, Path.GetFileName(file)));
        foreach (var library in new[] { "SongMood.Transforms", "SongMood" })
            await RunAsync(sources, "dotnet", "pack", Path.Combine("src", library), "--configuration", "Release",
                $"-p:Version={Version}", "--output", Feed);
    }

    /// <summary>Builds a consumer outside the repository and returns what its program prints.</summary>
    public async Task<string> BuildAndRunAsync(string consumer, params string[] arguments)
    {
        var folder = await CopyAsync(consumer);
        await RunAsync(folder, "dotnet", "build", "--configuration", "Release", $"-p:SongMoodVersion={Version}");
        return await RunAsync(folder, "dotnet",
            ["run", "--configuration", "Release", "--no-build", $"-p:SongMoodVersion={Version}", "--", .. arguments]);
    }

    /// <summary>Runs a file-based app (dotnet run file.cs) outside the repository and returns what it prints.</summary>
    public async Task<string> RunFileAsync(string consumer, string file, params string[] arguments)
    {
        var folder = await CopyAsync(consumer);
        var path = Path.Combine(folder, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(VersionInFiles, text);
        await File.WriteAllTextAsync(path, text.Replace(VersionInFiles, Version));
        return await RunAsync(folder, "dotnet", ["run", file, "--", .. arguments]);
    }

    private async Task<string> CopyAsync(string consumer)
    {
        var folder = Path.Combine(_work, consumer);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumers", consumer)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        // The machine's own feeds stay; what is already unpacked on the machine is used from there, and the packages under test
        // are unpacked beside the app, so that no test version stays behind in anyone's cache.
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="songmood-packed" value="{Feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_work, "unpacked")}" /></config>
              <fallbackPackageFolders><add key="machine" value="{await MachinePackagesAsync()}" /></fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_work, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            if (Path.GetFileName(folder) is var name and not ("bin" or "obj"))
                CopySources(folder, Path.Combine(to, name));
    }

    private static async Task<string> MachinePackagesAsync()
    {
        var line = await RunAsync(TestData.RepositoryRoot, "dotnet", "nuget", "locals", "global-packages", "--list");
        return line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0,
            $"'{program} {string.Join(' ', arguments)}' in {folder} ended with {process.ExitCode}.\n{await output}\n{await errors}");
        return await output;
    }
}
