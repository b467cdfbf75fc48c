using System.Diagnostics;

namespace SongMood.Tests.Cli;

/// <summary>Runs the tool as a process of its own.</summary>
internal static class ToolProcess
{
    /// <summary>The tool beside the tests.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "SongMood.Cli.dll");

    public static async Task<Tool> RunAsync(string assembly, string[] args, params (string Variable, string Value)[] environment)
    {
        using var process = Start(assembly, args, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Tool(process.ExitCode, await output, await error);
    }

    /// <summary>The process, whose output and errors are pipes to this one.</summary>
    public static Process Start(string assembly, string[] args, params (string Variable, string Value)[] environment)
    {
        // Whoever runs the tests in the background may have them ignore Ctrl-C, and what a process ignores its children ignore, too.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], assembly, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // TorchSharp would look for libtorch in the package cache of the machine that built.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Path.GetTempPath(), "no-packages-here");
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
