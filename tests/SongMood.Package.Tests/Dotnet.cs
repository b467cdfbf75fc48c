using System.Diagnostics;

namespace SongMood.Package.Tests;

/// <summary>Runs programs as a user would type them.</summary>
internal static class Dotnet
{
    /// <summary>Its standard output; a test fails where it ends with anything but 0.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var (exitCode, output, errors) = await TryAsync(folder, program, arguments, []);
        Assert.True(exitCode == 0,
            $"'{program} {string.Join(' ', arguments)}' in {folder} ended with {exitCode}.\n{output}\n{errors}");
        return output;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string folder, string program,
        IEnumerable<string> arguments, IEnumerable<(string Variable, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Where NuGet unpacks packages on this machine.</summary>
    public static async Task<string> PackageFolderAsync()
    {
        var line = await RunAsync(AppContext.BaseDirectory, "dotnet", "nuget", "locals", "global-packages", "--list");
        return line[(line.IndexOf(':') + 1)..].Trim();
    }
}
