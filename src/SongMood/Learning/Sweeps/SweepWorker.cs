using System.Text.Json;
using System.Threading.Channels;

namespace SongMood.Learning;

/// <summary>
/// What a process of <see cref="SweepWorkers"/> does: reads the job, then trials, each a line of JSON; writes that it is ready, then a
/// result a line.
/// </summary>
/// <example><code>
/// // The whole of a program that MoodSweepOptions.Workers starts:
/// await SweepWorker.RunAsync(Console.In, Console.Out);
/// </code></example>
public static class SweepWorker
{
    internal const string Ready = "ready";

    /// <summary>Trains until the input ends; a training at hand then ends, too, as nobody waits for it.</summary>
    /// <param name="input">The process's standard input.</param>
    /// <param name="output">The process's standard output, on which nothing else may be written.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await ParentLines.AnswerAsync(input, output, TrainAsync, cancellation).ConfigureAwait(false);
    }

    private static async Task TrainAsync(ChannelReader<string> lines, Func<string, Task> writeAsync, CancellationToken stop)
    {
        var job = Parse<SweepJob>(await lines.ReadAsync(stop).ConfigureAwait(false));
        var learning = job.Read();
        await learning.PrepareAsync(cancellation: stop).ConfigureAwait(false);
        using var measurement = new TrialMeasurement(learning, learning.HoldOut(job.Folds, job.HoldOut));
        await writeAsync(Ready).ConfigureAwait(false);
        await foreach (var line in lines.ReadAllAsync(stop).ConfigureAwait(false))
        {
            var result = await measurement.MeasureAsync(Parse<TrialRequest>(line), stop).ConfigureAwait(false);
            await writeAsync(JsonSerializer.Serialize(result, TrialResult.JsonOptions)).ConfigureAwait(false);
        }
    }

    private static T Parse<T>(string line) => JsonSerializer.Deserialize<T>(line, TrialResult.JsonOptions)
        ?? throw new InvalidDataException($"'{line}' is nothing that a sweep sends.");
}
