using Spectre.Console;

namespace SongMood.Cli;

/// <summary>Results go to <see cref="Out"/>, everything else to <see cref="Error"/>; a bar moves only where a person watches.</summary>
internal sealed class ToolConsole(TextWriter output, TextWriter error, bool outIsTerminal = false, bool errorIsTerminal = false)
{
    /// <summary>Wide enough that nothing is wrapped where no terminal sets a width.</summary>
    private const int PipeWidth = 100_000;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Results and the bar would be drawn over each other: results wait until the bar is gone.</summary>
    public bool HoldsResultsBack => outIsTerminal && errorIsTerminal;

    /// <summary>Whether to say more: each step's note, where no bar shows it.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>Whether the terminal understands escape codes; the process's own is asked.</summary>
    private AnsiSupport TerminalSupport { get; init; } = AnsiSupport.Yes;

    public static ToolConsole System() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected) { TerminalSupport = AnsiSupport.Detect };

    public void WriteTable(Table table) => ForWriter(Out, outIsTerminal).Write(table);

    /// <summary>Says something that is not a result.</summary>
    public void Say(string message) => Error.WriteLine(message);

    /// <summary>Runs work of <paramref name="total"/> steps; it reports each step done, and what it is at if that is worth saying.</summary>
    public async Task<T> WithProgressAsync<T>(string title, int total, Func<Action<string?>, Task<T>> work)
    {
        if (!errorIsTerminal)
            return await work(note =>
            {
                if (IsVerbose && note is not null)
                    Say($"{title}: {note}");
            });
        return await ForWriter(Error, terminal: true).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: total);
                return work(note =>
                {
                    task.Increment(1);
                    if (note is not null)
                        task.Description = Markup.Escape($"{title} ({note})");
                });
            });
    }

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
        return console;
    }
}
