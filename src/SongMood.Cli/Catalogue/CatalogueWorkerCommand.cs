using System.CommandLine;
using SongMood.Catalogue;

namespace SongMood.Cli.Catalogue;

/// <summary>The process that listens for a catalogue's run. Not for people.</summary>
internal static class CatalogueWorkerCommand
{
    public const string Name = "catalogue-worker";

    public static Command Create()
    {
        var command = new Command(Name, "Listens for the commands that write shards and Parquet files, which start it.") { Hidden = true };
        command.SetAction(async (_, cancellation) =>
        {
            await CatalogueWorker.RunAsync(new StreamReader(Console.OpenStandardInput()), Console.Out, ErrorMessage.Of, cancellation);
            return ExitCode.AllFine;
        });
        return command;
    }

    public static CatalogueWorkers Workers(ToolConsole console) =>
        new() { Start = () => ToolAgain.Start(Name), Messages = console.Messages };
}
