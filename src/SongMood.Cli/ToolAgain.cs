using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SongMood.Cli;

/// <summary>The tool once more, as a process that works for this one.</summary>
internal static class ToolAgain
{
    /// <summary>
    /// How to start it: its own executable, or, where it runs inside another program (dotnet, a test), by the runtime at hand.
    /// </summary>
    /// <param name="command">The command to run.</param>
    public static ProcessStartInfo Start(string command)
    {
        var tool = typeof(ToolAgain).Assembly;
        var executable = Environment.ProcessPath;
        var isDotnet = Path.GetFileNameWithoutExtension(executable) == "dotnet";
        if (executable is not null && !isDotnet && Assembly.GetEntryAssembly() == tool)
            return new ProcessStartInfo(executable, [command]);
        // The runtime lies in shared/Microsoft.NETCore.App/10.0.x/ below the folder of the program that starts it.
        var dotnet = isDotnet ? executable! : Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new ProcessStartInfo(dotnet, [tool.Location, command]);
    }
}
