using System.CommandLine;
using System.Diagnostics;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>The process that trains for <c>songmood sweep</c>. Not for people.</summary>
internal static class SweepWorkerCommand
{
    public const string Name = "sweep-worker";

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

    /// <summary>How to start one.</summary>
    public static ProcessStartInfo Start() => ToolAgain.Start(Name);
}
