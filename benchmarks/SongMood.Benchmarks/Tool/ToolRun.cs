using System.ComponentModel;
using System.Diagnostics;

namespace SongMood.Benchmarks.Tool;

/// <summary>One run of the tool, as a process of its own.</summary>
/// <param name="Clock">From the start of the process to its end.</param>
/// <param name="Processor">Of all its threads.</param>
/// <param name="MemoryBytes">The largest working set.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record ToolRun(TimeSpan Clock, TimeSpan Processor, long MemoryBytes, string Output)
{
    /// <summary>
    /// Often enough that what the last look misses of seconds counts for little, and seldom enough not to be felt: a first song was told
    /// after 0.87 s where it was looked at each 5 ms, after 0.81 s with this.
    /// </summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(25);

    public static ToolRun Of(string tool, IEnumerable<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [tool, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var (processor, memory) = (TimeSpan.Zero, 0L);
        while (!process.WaitForExit(BetweenLooks))
        {
            process.Refresh();
            try
            {
                (processor, memory) = (process.TotalProcessorTime, Math.Max(memory, process.WorkingSet64));
            }
            catch (Exception fault) when (fault is InvalidOperationException or Win32Exception && process.HasExited)
            {
                break; // between the two looks
            }
        }
        var time = clock.Elapsed;
        process.WaitForExit();
        return process.ExitCode == 0 ? new ToolRun(time, processor, memory, output.Result)
            : throw new InvalidOperationException($"{tool} ended with {process.ExitCode}: {error.Result}");
    }

    /// <summary>Several processes at once, each watched by a thread of its own, however few cores there are.</summary>
    public static ToolRun[] AtOnce(string tool, IEnumerable<string[]> commands) =>
        Task.WhenAll(commands.Select(command => Task.Factory.StartNew(() => Of(tool, command), TaskCreationOptions.LongRunning)))
            .GetAwaiter().GetResult();

    public static ToolRun Middle(IEnumerable<ToolRun> runs)
    {
        ToolRun[] sorted = [.. runs.OrderBy(run => run.Clock)];
        return sorted[sorted.Length / 2];
    }
}
