using System.CommandLine;
using SongMood.Cli.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>The options of <c>songmood sweep</c> that say what to try and how to choose among it.</summary>
internal sealed class SweepOptions
{
    private const int DefaultEta = 3;

    private readonly List<(Option<string?> Option, Func<string, SweepAxis> Parse)> _axes = [];

    private readonly Option<string> _strategy = new("--strategy")
    {
        Description = "grid: every combination. random: --trials of them by chance. halving: all for a few epochs, then the best part (--eta) for more.",
        DefaultValueFactory = _ => "grid",
    };

    private readonly Option<int?> _trials = new("--trials")
    {
        Description = "With random and halving: draw this many different trials. halving without it takes the grid.",
    };

    private readonly Option<int?> _eta = new("--eta")
    {
        Description = $"With halving: one of how many goes on, for how many times the epochs. Default: {DefaultEta}.",
    };

    private readonly Option<int?> _leastEpochs = new("--least-epochs")
    {
        Description = "With halving: the first round trains for at least this many epochs, which leaves rounds out. Default: 1.",
    };

    public SweepOptions()
    {
        _strategy.AcceptOnlyFromAmong("grid", "random", "halving");
        AtLeast(_trials, 1);
        AtLeast(_eta, 2);
        AtLeast(_leastEpochs, 1);
        Axis("--learning-rate", "learning rates", SweepValueKinds.Positive, (settings, value) => settings with { LearningRate = value });
        Axis("--batch", "songs a step", SweepValueKinds.Count, (settings, value) => settings with { BatchSize = value });
        Axis("--hidden", "hidden sizes, as 'train' has them but with x between", SweepValueKinds.Sizes,
            (settings, value) => settings with { Network = settings.Network with { Hidden = value } });
        Axis("--layers", "numbers of layers", SweepValueKinds.Count,
            (settings, value) => settings with { Network = settings.Network with { Layers = value } });
        Axis("--dropout", "shares dropped", SweepValueKinds.Share,
            (settings, value) => settings with { Network = settings.Network with { Dropout = value } });
        Axis("--weight-decay", "weight decays", SweepValueKinds.NotNegative,
            (settings, value) => settings with { Network = settings.Network with { WeightDecay = value } });
    }

    public string Strategy(ParseResult parsed) => parsed.GetRequiredValue(_strategy);

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _axes)
            command.Add(option);
        command.Add(_strategy);
        command.Add(_trials);
        command.Add(_eta);
        command.Add(_leastEpochs);
    }

    public SweepSpace Space(ParseResult parsed, TrainingSettings baseline)
    {
        SweepAxis[] axes = [.. _axes.Where(axis => parsed.GetValue(axis.Option) is not null).Select(axis => axis.Parse(parsed.GetValue(axis.Option)!))];
        return axes.Length > 0 ? new SweepSpace(baseline, axes)
            : throw new ArgumentException(
                $"There is nothing to sweep over: give values for one or more of {string.Join(", ", _axes.Select(axis => axis.Option.Name))}.");
    }

    /// <exception cref="ArgumentException">Strategy and values do not fit together.</exception>
    public IReadOnlyList<Trial> Trials(ParseResult parsed, SweepSpace space, int seed)
    {
        var strategy = Strategy(parsed);
        var count = parsed.GetValue(_trials);
        foreach (var halving in new[] { _eta, _leastEpochs })
            if (strategy != "halving" && parsed.GetValue(halving) is not null)
                throw new ArgumentException($"{halving.Name} is for --strategy halving, not {strategy}.");
        if (strategy == "grid" && count is not null)
            throw new ArgumentException("--trials is for --strategy random and halving; a grid tries every combination.");
        if (strategy == "grid" && space.HasRange)
            throw new ArgumentException($"{RangeOption(space)} is a range, of which a grid has no end: use --strategy random --trials N, or a list.");
        if (strategy == "random" && count is null)
            throw new ArgumentException("--strategy random needs --trials N.");
        if (space.HasRange && count is null)
            throw new ArgumentException($"{RangeOption(space)} is a range to draw from: say how often with --trials N.");
        return count is null ? space.Grid() : space.Draw(count.Value, seed);
    }

    public IReadOnlyList<Rung> Rungs(ParseResult parsed, int trials, int epochs) =>
        Strategy(parsed) == "halving"
        ? Rung.Halve(trials, epochs, parsed.GetValue(_eta) ?? DefaultEta, parsed.GetValue(_leastEpochs) ?? 1)
        : [new Rung(trials, epochs)];

    public static void AtLeast(Option<int?> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value < least)
            result.AddError($"{option.Name} is {value}; expected {least} or more.");
    });

    private static string RangeOption(SweepSpace space) => space.Axes.Where(axis => axis.IsRange).Select(axis => $"{axis.Option} {axis.Text}").First();

    private void Axis<T>(string name, string what, SweepValueKind<T> kind, Func<TrainingSettings, T, TrainingSettings> choose)
    {
        var option = new Option<string?>(name)
        {
            Description = $"The {what} to try: {kind.Example}{(kind.DrawBetween is null ? "" : ", or a range to draw from, low..high")}.",
            HelpName = "values",
        };
        _axes.Add((option, text => SweepAxis.Parse(name, text, kind, choose)));
    }
}
