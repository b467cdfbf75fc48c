using System.Text.Json;

namespace SongMood.Learning;

/// <summary>
/// What a process of <see cref="SweepWorkers"/> does: reads the job, then trials, each a line of JSON; writes that it is ready, then a
/// result a line.
/// </summary>
public static class SweepWorker
{
    internal const string Ready = "ready";

    /// <summary>Trains until the input ends.</summary>
    /// <param name="input">The process's standard input.</param>
    /// <param name="output">The process's standard output, on which nothing else may be written.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = ParentLines.Read(input, stop);

        var job = Parse<SweepJob>(await lines.ReadAsync(stop.Token).ConfigureAwait(false));
        var learning = job.Read();
        await learning.PrepareAsync(cancellation: stop.Token).ConfigureAwait(false);
        using var measurement = new TrialMeasurement(learning, learning.HoldOut(job.Folds, job.HoldOut));
        await WriteAsync(Ready).ConfigureAwait(false);
        await foreach (var line in lines.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            var result = await measurement.MeasureAsync(Parse<TrialRequest>(line), stop.Token).ConfigureAwait(false);
            await WriteAsync(JsonSerializer.Serialize(result, TrialResult.JsonOptions)).ConfigureAwait(false);
        }

        async Task WriteAsync(string line)
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static T Parse<T>(string line) => JsonSerializer.Deserialize<T>(line, TrialResult.JsonOptions)
        ?? throw new InvalidDataException($"'{line}' is nothing that a sweep sends.");
}
