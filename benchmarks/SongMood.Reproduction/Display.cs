using System.Diagnostics;
using Spectre.Console;

namespace SongMood.Reproduction;

/// <summary>Shows how far a run is: a bar where a person watches, a line a step elsewhere.</summary>
internal sealed class Display
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressTask? _task;
    private TimeSpan _nextLine;
    private int _done;

    private Display(ProgressTask? task) => _task = task;

    /// <summary>Set when it is known.</summary>
    public int StepCount
    {
        get;
        set
        {
            field = value;
            _task?.MaxValue(value);
        }
    }

    /// <summary>Runs work that says what it does.</summary>
    public static Task<T> RunAsync<T>(Func<Display, Task<T>> work) => Console.IsErrorRedirected
        ? work(new Display(null))
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(context => work(new Display(context.AddTask("Starting"))));

    /// <summary>What is being done.</summary>
    public void Note(string note)
    {
        if (_task is not null)
            _task.Description = Markup.Escape(note);
        else if (_watch.Elapsed >= _nextLine)
        {
            Console.Error.WriteLine($"[{_watch.Elapsed:h\\:mm\\:ss}] {_done} of {StepCount} done; {note}");
            _nextLine = _watch.Elapsed + BetweenLines;
        }
    }

    /// <summary>A step is done.</summary>
    public void Step()
    {
        _done++;
        _task?.Increment(1);
    }
}
