using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>The process that trains for <c>songmood sweep</c>. Not for people.</summary>
internal static class SweepWorkerCommand
{
    private const string Name = "sweep-worker";

    public static Command Create()
    {
        var command = new Command(Name, "Trains for 'songmood sweep', which starts it.") { Hidden = true };
        command.SetAction(async (_, cancellation) =>
        {
            await SweepWorker.RunAsync(new StreamReader(Console.OpenStandardInput()), Console.Out, cancellation);
            return ExitCode.AllFine;
        });
        return command;
    }

    /// <summary>
    /// The tool again: its own executable, or, where it runs inside another program (dotnet, a test), by the runtime at hand.
    /// </summary>
    public static ProcessStartInfo Start()
    {
        var tool = typeof(SweepWorkerCommand).Assembly;
        var executable = Environment.ProcessPath;
        var isDotnet = Path.GetFileNameWithoutExtension(executable) == "dotnet";
        if (executable is not null && !isDotnet && Assembly.GetEntryAssembly() == tool)
            return new ProcessStartInfo(executable, [Name]);
        // The runtime lies in shared/Microsoft.NETCore.App/10.0.x/ below the folder of the program that starts it.
        var dotnet = isDotnet ? executable! : Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new ProcessStartInfo(dotnet, [tool.Location, Name]);
    }
}
