using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SongMood.Cli.Catalogue;
using SongMood.Cli.Completion;
using SongMood.Cli.Decode;
using SongMood.Cli.Evaluate;
using SongMood.Cli.Extract;
using SongMood.Cli.Help;
using SongMood.Cli.Inspect;
using SongMood.Cli.Merge;
using SongMood.Cli.Predict;
using SongMood.Cli.Similar;
using SongMood.Cli.Spectrogram;
using SongMood.Cli.Sweep;
using SongMood.Cli.Tag;
using SongMood.Cli.Train;

namespace SongMood.Cli;

/// <summary>The command line: parses it, runs the command, and turns what goes wrong into a message and an exit code.</summary>
internal static class SongMoodTool
{
    /// <summary>Time that a command has after Ctrl-C to stop between two steps, and where it then writes what there is, to do so.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(20), KeepingTimeout = TimeSpan.FromHours(1);

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Say more, and print stack traces of errors.",
        Recursive = true,
    };

    public static async Task<int> RunAsync(string[] args, ToolConsole console, CancellationToken cancellation = default)
    {
        var root = CreateRoot(console);
        root.SetAction(_ => console.Out.WriteLine(Welcome.Text));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                console.Say("songmood: " + error.Message.ReplaceLineEndings(" "));
            console.Say($"songmood: see '{ToolName.PathOf(parsed.CommandResult.Command)} --help'.");
            return ExitCode.NotDone;
        }
        console.IsVerbose = parsed.GetValue(Verbose);
        var configuration = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToStop(parsed),
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException)
        {
            console.Say("songmood: cancelled.");
            return ExitCode.Cancelled;
        }
        catch (OutputClosedException)
        {
            return ExitCode.OutputClosed;
        }
        catch (Exception error)
        {
            console.Say("songmood: " + (console.IsVerbose ? error.ToString() : ErrorMessage.Of(error)));
            return ExitCode.NotDone;
        }
    }

    internal static TimeSpan TimeToStop(ParseResult parsed) =>
        parsed.CommandResult.Command is ToolCommand command && command.KeepsWhatThereIs(parsed) ? KeepingTimeout : CancelTimeout;

    internal static RootCommand CreateRoot(ToolConsole console)
    {
        var root = new RootCommand("Tells the mood of songs, and learns to do so from songs whose mood you know.");
        root.Options.Clear(); // help and version are ours
        foreach (var command in new[]
        {
            PredictCommand.Create(console),
            TagCommand.Create(console),
            IndexCommand.Create(console),
            SimilarCommand.Create(console),
            TrainCommand.Create(console),
            EvaluateCommand.Create(console),
            SweepCommand.Create(console),
            SweepWorkerCommand.Create(),
            ExtractCommand.Create(console),
            MergeCommand.Create(console),
            CatalogueWorkerCommand.Create(),
            InspectCommand.Create(console),
            SpectrogramCommand.Create(console),
            DecodeCommand.Create(console),
            CompletionCommand.Create(console),
        })
        {
            if (command.Action is AsynchronousCommandLineAction action)
                command.Action = new InterruptibleAction(action);
            root.Add(command);
        }
        root.Add(Verbose);
        root.Add(new HelpOption { Description = "Show this help.", Recursive = true, Action = new HelpPage(console, all: false) });
        root.Add(new HelpOption(HelpPage.AllOption)
        {
            Description = "Show all options.",
            Recursive = true,
            Action = new HelpPage(console, all: true),
        });
        root.Add(new VersionOption { Description = "Show the version." });
        return root;
    }
}
