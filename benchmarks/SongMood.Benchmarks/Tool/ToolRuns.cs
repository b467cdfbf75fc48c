using System.Text.Json.Nodes;

namespace SongMood.Benchmarks.Tool;

/// <summary>
/// What the tool costs as a process: until the first song is told, and over a folder, with one thread and with two, beside two processes at
/// once, which share nothing but the machine, and the parts of the same songs' predictions within one process, one core.
/// </summary>
internal static class ToolRuns
{
    /// <param name="tool">SongMood.Cli.dll, published.</param>
    /// <param name="folder">Songs.</param>
    /// <param name="runs">How many of each kind, in turn, so that what else the machine does meets all alike.</param>
    /// <param name="options">What to ask of predict, such as --features.</param>
    public static void Run(string tool, string folder, int runs, IReadOnlyList<string> options)
    {
        string[] Command(params string[] rest) => ["predict", "--format", "json", .. options, .. rest];
        ToolRun Predict(params string[] rest) => ToolRun.Of(tool, Command(rest));
        var told = Predict(folder).Output; // which also brings the files into memory
        string[] songs =
            [.. told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)JsonNode.Parse(line)!["path"]!)];
        Console.WriteLine($"{songs.Length} songs of {folder}; the middle one of {runs} runs each, in turn.");

        var (first, one, two, apart) = (new ToolRun[runs], new ToolRun[runs], new ToolRun[runs], new ToolRun[runs]);
        for (var run = 0; run < runs; run++)
        {
            first[run] = Predict(songs[0]);
            one[run] = Predict(folder, "--threads", "1");
            two[run] = Predict(folder, "--threads", "2");
            apart[run] = ToolRun.AtOnce(tool, Enumerable.Repeat(Command(folder, "--threads", "1"), 2)).MaxBy(process => process.Clock)!;
        }
        if (one.Concat(two).Concat(apart).Any(run => run.Output != told))
            throw new InvalidOperationException("The predictions differ with the number of threads.");
        var (start, single, both, beside) = (ToolRun.Middle(first), ToolRun.Middle(one), ToolRun.Middle(two), ToolRun.Middle(apart));
        var parts = PredictionParts.MillisecondsASong(songs);

        Console.WriteLine("| run | clock, s | processor, s | processor a song, ms | memory at most, MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Row("one song", start, 1);
        Row("all, `--threads 1`", single, songs.Length);
        Row("all, `--threads 2`", both, songs.Length);
        Row("all, `--threads 1`, beside another such process", beside, songs.Length);
        Console.WriteLine();
        Console.WriteLine($"The first song is told after {start.Clock.TotalSeconds:f2} s (bar 1.0).");
        Console.WriteLine($"Two threads are {single.Clock / both.Clock:f2} times as fast as one (bar 1.9). "
            + $"Two processes of one thread each get {2 * single.Clock / beside.Clock:f2} times as much done as one alone, start included: "
            + "what this machine's second core is worth.");
        Console.WriteLine($"The parts take {parts:f1} ms a song; the tool's processor time is "
            + $"{single.Processor.TotalMilliseconds / songs.Length / parts:f2} (one thread) and "
            + $"{both.Processor.TotalMilliseconds / songs.Length / parts:f2} (two) times that (bar 1.2).");
    }

    private static void Row(string name, ToolRun run, int songs) => Console.WriteLine($"| {name} | {run.Clock.TotalSeconds:f2} | "
        + $"{run.Processor.TotalSeconds:f2} | {run.Processor.TotalMilliseconds / songs:f1} | {run.MemoryBytes / 1e6:f0} |");
}
