using System.Text;
using SongMood.Learning;
using Spectre.Console;

namespace SongMood.Cli;

/// <summary>Results go to <see cref="Out"/>, everything else to <see cref="Error"/>; a bar moves only where a person watches.</summary>
internal sealed class ToolConsole(TextWriter output, TextWriter error, bool outIsTerminal = false, bool errorIsTerminal = false)
{
    /// <summary>Wide enough that nothing is wrapped where no terminal sets a width.</summary>
    private const int PipeWidth = 100_000;
    private const int LeastBarWidth = 40; // below, words would be cut off and times stand on end

    private const int DamagedSongsShown = 10;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Where a list of songs comes from that is asked for by "-".</summary>
    public TextReader In { get; init; } = Console.In;

    /// <summary>The same, but that results go elsewhere, such as into a file.</summary>
    public ToolConsole WithOutput(TextWriter other) => new(other, Error, outIsTerminal: false, errorIsTerminal)
    {
        In = In,
        IsVerbose = IsVerbose,
        TerminalWidth = TerminalWidth,
        TerminalSupport = TerminalSupport,
    };

    /// <summary>Results and the bar would be drawn over each other: results wait until the bar is gone.</summary>
    public bool HoldsResultsBack => outIsTerminal && errorIsTerminal;

    /// <summary>Whether a person sees how far the work is.</summary>
    public bool IsWatched => errorIsTerminal;

    /// <summary>Whether to say more: each step's note, where no bar shows it.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>The terminal's width in letters; null to ask it.</summary>
    public int? TerminalWidth { get; init; }

    /// <summary>The width of the terminal that results are shown on; null where they go elsewhere.</summary>
    public int? OutWidth => outIsTerminal ? TerminalWidth ?? Console.WindowWidth : null;

    /// <summary>Whether the terminal understands escape codes; the process's own is asked.</summary>
    private AnsiSupport TerminalSupport { get; init; } = AnsiSupport.Yes;

    public static ToolConsole System() => new(
        RedirectedOutput.Open() is { } output
            ? new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true } : Console.Out,
        Console.IsErrorRedirected ? new RedirectedError(Console.Error) : Console.Error,
        !Console.IsOutputRedirected, !Console.IsErrorRedirected)
    { TerminalSupport = AnsiSupport.Detect };

    /// <summary>Where other processes' messages go: they are only worth something where more is to be said.</summary>
    public IProgress<string>? Messages => IsVerbose ? new ImmediateProgress<string>(Say) : null;

    public void WriteTable(Table table) => ForWriter(Out, outIsTerminal).WriteFitting(table);

    /// <summary>Says something that is not a result.</summary>
    public void Say(string message) => Error.WriteLine(ShownName.Message(message));

    /// <summary>A result, or a part of one, in words for people.</summary>
    public void Show(string text) => Out.WriteLine(ShownName.Message(text));

    /// <summary>Says all that a person should know of how the songs were read.</summary>
    public void SayRemarks(LabelledSongs songs)
    {
        foreach (var remark in songs.Remarks)
            Say($"{songs.File}: {remark}");
    }

    /// <summary>
    /// Runs work that tells how far it is: a bar for each activity where a person watches, its notes where there is more to say. Then says
    /// which of the songs that were heard are damaged.
    /// </summary>
    public async Task<T> WithProgressAsync<T>(Func<IProgress<LearningProgress>, Task<T>> work)
    {
        var damaged = new List<SongDamage>();
        var result = await ShowProgressAsync(progress => work(new ImmediateProgress<LearningProgress>(step =>
        {
            if (step.Damage is not null)
                damaged.Add(step.Damage);
            progress.Report(step);
        })));
        foreach (var song in damaged.Take(DamagedSongsShown))
            Say($"{song}.");
        if (damaged.Count > 0)
            Say($"{Plural.Of(damaged.Count, "song is", "songs are")} damaged"
                + (damaged.Count > DamagedSongsShown ? $", of which the first {DamagedSongsShown} are named" : "")
                + $"; what is left of {Plural.Word(damaged.Count, "it", "them")} was heard.");
        return result;
    }

    private async Task<T> ShowProgressAsync<T>(Func<IProgress<LearningProgress>, Task<T>> work)
    {
        if (!errorIsTerminal)
            return await work(new ImmediateProgress<LearningProgress>(progress =>
            {
                if (IsVerbose && progress.Note is not null)
                    Say($"{Title(progress.Activity)}: {progress.Note}");
            }));
        var terminal = ForWriter(Error, terminal: true);
        return await terminal.Progress()
            .AutoClear(true)
            .Columns(terminal.Profile.Width < LeastBarWidth ? [new PercentageColumn()]
                : [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                    new RemainingTimeColumn()])
            .StartAsync(context =>
            {
                var bars = new Dictionary<LearningActivity, ProgressTask>();
                return work(new ImmediateProgress<LearningProgress>(progress =>
                {
                    var title = Title(progress.Activity);
                    if (!bars.TryGetValue(progress.Activity, out var bar))
                        bars[progress.Activity] = bar = context.AddTask(Markup.Escape(title));
                    (bar.MaxValue, bar.Value) = (progress.StepCount, progress.StepsDone);
                    if (progress.Note is not null)
                        bar.Description = Markup.Escape($"{title} ({progress.Note})");
                }));
            });
    }

    private static string Title(LearningActivity activity) => activity == LearningActivity.CrossValidating
        ? "Cross-validating" : $"{activity}";

    private IAnsiConsole ForWriter(TextWriter writer, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? TerminalSupport : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = PipeWidth;
        else if (TerminalWidth is { } width)
            console.Profile.Width = width;
        return console;
    }
}
