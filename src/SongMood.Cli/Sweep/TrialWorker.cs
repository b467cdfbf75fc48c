using System.CommandLine;
using System.Text.Json;
using System.Threading.Channels;

namespace SongMood.Cli.Sweep;

/// <summary>
/// The process that trains: reads the job, then trials, each a line of JSON; writes that it is ready, then a result a line. Not for people.
/// A process of its own, as torch's random numbers are one stream a process: trainings beside each other in one would take turns.
/// </summary>
internal static class TrialWorker
{
    public const string CommandName = "sweep-worker";
    public const string Ready = "ready";

    public static Command Create(ToolConsole console)
    {
        var command = new Command(CommandName, "Trains for 'songmood sweep', which starts it.") { Hidden = true };
        command.SetAction(async (_, cancellation) =>
        {
            await RunAsync(new StreamReader(Console.OpenStandardInput()), console, cancellation);
            return ExitCode.AllFine;
        });
        return command;
    }

    private static async Task RunAsync(TextReader input, ToolConsole console, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lines = Channel.CreateUnbounded<string>();
        _ = Task.Run(() => Pump(input, lines.Writer, stop), CancellationToken.None);

        var job = Parse<SweepJob>(await lines.Reader.ReadAsync(stop.Token));
        var measurement = await TrialMeasurement.PrepareAsync(job, console, stop.Token);
        console.Out.WriteLine(Ready);
        await foreach (var line in lines.Reader.ReadAllAsync(cancellation))
            console.Out.WriteLine(JsonSerializer.Serialize(await measurement.MeasureAsync(Parse<TrialRequest>(line), stop.Token), TrialResult.JsonOptions));
    }

    /// <summary>Where the input ends, whoever asked is gone: nobody waits for the training at hand.</summary>
    private static void Pump(TextReader input, ChannelWriter<string> lines, CancellationTokenSource stop)
    {
        while (input.ReadLine() is { } line)
            lines.TryWrite(line);
        stop.Cancel();
        lines.Complete();
    }

    private static T Parse<T>(string line) => JsonSerializer.Deserialize<T>(line, TrialResult.JsonOptions)
        ?? throw new InvalidDataException($"'{line}' is nothing that 'songmood sweep' sends.");
}
