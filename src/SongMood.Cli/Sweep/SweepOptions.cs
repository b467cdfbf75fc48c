using System.CommandLine;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>The options of <c>songmood sweep</c> that say what to try, how to choose among it, and how to measure it.</summary>
internal sealed class SweepOptions
{
    private readonly (SweepParameter Parameter, Option<string?> Option)[] _axes =
        [.. SweepParameter.All.Select(parameter => (parameter, Axis(parameter)))];

    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = "grid: every combination. random: --trials of them by chance. halving: all for a few epochs, then the best part "
            + "(--eta) for more.",
        DefaultValueFactory = _ => "grid",
    };

    private readonly Option<int?> _trials = NumberOption.Whole(
        "--trials", "With random and halving: draw this many different trials. halving without it takes the grid.", least: 1);

    private readonly Option<int?> _eta = NumberOption.Whole("--eta",
        $"With halving: one of this many goes on, and trains this many times as long. Default: {MoodSweepOptions.DefaultEta}.", least: 2);

    private readonly Option<int?> _leastEpochs = NumberOption.Whole("--least-epochs",
        "With halving: the first round trains for at least this many epochs, which leaves rounds out. Default: 1.", least: 1);

    private readonly Option<double?> _holdOut =
        NumberOption.HoldOut("Measure on this share of the songs, trained on the others, instead of by folds.");

    private readonly Option<int?> _jobs = NumberOption.Whole("--jobs",
        "Trials beside each other, each in a process of its own. Default: by cores and free memory.", least: 1, "-j");

    private readonly LearningCommandOptions _training;

    /// <param name="training">What all trials share.</param>
    public SweepOptions(LearningCommandOptions training)
    {
        _training = training;
        _training.CrossValidate.Description += $" Default: {new MoodSweepOptions().Folds}.";
        _strategy.AcceptOnly(["grid", "random", "halving"]);
    }

    /// <summary>The option that a parameter has on the command line.</summary>
    public static string NameOf(string parameter) => $"--{parameter.Replace(' ', '-')}";

    /// <summary>The headings of help.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups =>
    [
        ("What to try", [.. _axes.Select(axis => axis.Option), _strategy, _trials, _eta, _leastEpochs]),
        ("What all trials share", _training.Shared),
        ("How to measure", [_training.CrossValidate, _holdOut, _jobs]),
    ];

    /// <summary>Adds what <see cref="Groups"/> has.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in Groups.SelectMany(group => group.Options))
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_holdOut) is not null && result.GetResult(_training.CrossValidate) is not null)
                result.AddError("--hold-out and --cross-validate are two ways to measure: leave one of them out.");
        });
    }

    /// <exception cref="ArgumentException">There is none, or one is no list and no range.</exception>
    public IReadOnlyList<SweepAxis> Axes(ParseResult parsed)
    {
        SweepAxis[] axes = [.. from axis in _axes
                               let text = parsed.GetValue(axis.Option)
                               where text is not null
                               select axis.Parameter.Parse(text, axis.Option.Name)];
        return axes.Length > 0 ? axes : throw new ArgumentException(
            $"There is nothing to sweep over: give values for one or more of {string.Join(", ", _axes.Select(axis => axis.Option.Name))}.");
    }

    public MoodSweepOptions Choice(ParseResult parsed) => new()
    {
        Strategy = Enum.Parse<SweepStrategy>(parsed.GetRequiredValue(_strategy), ignoreCase: true),
        TrialCount = parsed.GetValue(_trials),
        Eta = parsed.GetValue(_eta),
        LeastEpochs = parsed.GetValue(_leastEpochs),
        Folds = parsed.GetValue(_training.CrossValidate) ?? new MoodSweepOptions().Folds,
        HoldOut = parsed.GetValue(_holdOut),
    };

    public SweepWorkers Workers(ParseResult parsed, ToolConsole console) =>
        new() { Start = SweepWorkerCommand.Start, Count = parsed.GetValue(_jobs), Messages = console.Messages };

    private static Option<string?> Axis(SweepParameter parameter)
    {
        var what = parameter.Name switch
        {
            "learning rate" => "learning rates",
            "batch" => "numbers of songs in one step",
            "hidden" => "hidden sizes (as for 'train', but with x between them)",
            "layers" => "numbers of layers",
            "dropout" => "shares of activations that are dropped",
            _ => parameter.Name + "s",
        };
        return new Option<string?>(NameOf(parameter.Name))
        {
            Description =
                $"The {what} to try, such as {parameter.Example}{(parameter.HasRanges ? ", or a range to draw from, low..high" : "")}.",
            HelpName = "values",
        };
    }
}
