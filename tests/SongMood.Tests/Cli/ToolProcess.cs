using System.Diagnostics;

namespace SongMood.Tests.Cli;

/// <summary>Runs the tool as a process of its own.</summary>
internal static class ToolProcess
{
    /// <summary>The tool beside the tests.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "SongMood.Cli.dll");

    public static async Task<Tool> RunAsync(string assembly, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // TorchSharp would look for libtorch in the package cache of the machine that built.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Path.GetTempPath(), "no-packages-here");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Tool(process.ExitCode, await output, await error);
    }
}
