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

    /// <summary>In the order of the help.</summary>
    internal static readonly (string Name, Func<ToolConsole, Command> Create)[] Commands =
    [
        ("predict", PredictCommand.Create),
        ("tag", TagCommand.Create),
        ("index", IndexCommand.Create),
        ("similar", SimilarCommand.Create),
        ("train", TrainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("sweep", SweepCommand.Create),
        (SweepWorkerCommand.Name, _ => SweepWorkerCommand.Create()),
        ("extract", ExtractCommand.Create),
        ("merge", MergeCommand.Create),
        (CatalogueWorkerCommand.Name, _ => CatalogueWorkerCommand.Create()),
        ("inspect", InspectCommand.Create),
        ("spectrogram", SpectrogramCommand.Create),
        ("decode", DecodeCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    public static async Task<int> RunAsync(string[] args, ToolConsole console, CancellationToken cancellation = default)
    {
        var root = CreateRoot(console, args);
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

    /// <param name="console">Where the commands write.</param>
    /// <param name="args">
    /// The command line. Where a command's name comes first, that one is made alone: all of them together take a twentieth of the time
    /// until a first song is told.
    /// </param>
    internal static RootCommand CreateRoot(ToolConsole console, string[] args)
    {
        var root = new RootCommand("Tells the mood of songs, and learns to do so from songs whose mood you know.");
        root.Options.Clear(); // help and version are ours
        var named = Array.FindAll(Commands, command => command.Name == args.FirstOrDefault());
        foreach (var (_, create) in named.Length > 0 ? named : Commands)
        {
            var command = create(console);
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
