using SongMood.Catalogue;
using SongMood.Learning;

namespace SongMood.Cli.Catalogue;

/// <summary>Runs for a catalogue, as a person sees them.</summary>
internal static class CatalogueConsole
{
    /// <param name="run">The run.</param>
    /// <param name="songCount">How many songs there are, for the bar; null where that is not known beforehand.</param>
    /// <param name="remarks">What is to be said at the end.</param>
    /// <param name="console">Where it is said.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The tool's exit code.</returns>
    public static async Task<int> RunAsync(CatalogueRun run, int? songCount, Func<IEnumerable<string>> remarks, ToolConsole console,
        CancellationToken cancellation)
    {
        var failures = new List<FailedSong>();
        var failed = new ImmediateProgress<FailedSong>(failures.Add);
        CatalogueReport report;
        try
        {
            report = songCount is not { } count ? await run.RunAsync(null, failed, cancellation)
                : await console.WithProgressAsync(progress =>
                {
                    var steps = new StepCounter(progress, LearningActivity.Listening, count);
                    return run.RunAsync(new ImmediateProgress<long>(_ => steps.Step()), failed, cancellation);
                });
        }
        catch (OperationCanceledException)
        {
            console.Say("songmood: what is done is kept; the same command goes on from there.");
            throw;
        }
        foreach (var remark in remarks().Concat(failures.Select(failure => $"{failure}")))
            console.Say($"songmood: {remark}");
        console.Say(report.WasUpToDate ? $"{report.Path} is up to date: {Plural.Of(report.SongCount, "song")}."
            : $"Wrote {report.Path}: {Plural.Of(report.SongCount, "song")}, {report.DoneBefore} done before.");
        return ExitCodeOf(report, console);
    }

    /// <summary>Says how many songs failed.</summary>
    /// <returns>The tool's exit code.</returns>
    public static int ExitCodeOf(CatalogueReport report, ToolConsole console)
    {
        if (report.FailedCount == 0)
            return ExitCode.AllFine;
        console.Say($"songmood: {report.FailedCount} of {report.SongCount} could not be read.");
        return ExitCode.SomeFailed;
    }
}
