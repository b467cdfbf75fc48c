using System.CommandLine;
using System.CommandLine.Parsing;

namespace SongMood.Cli.Evaluate;

/// <summary>The options that only <c>songmood evaluate</c> has.</summary>
internal sealed class EvaluateOptions(LearningCommandOptions training)
{
    public Option<string?> Model { get; } = new("--model", "-m")
    {
        Description = "Measure this model, on songs that it has not learnt from.",
        HelpName = "model.zip",
    };

    public Option<string?> TrainedOn { get; } = new("--trained-on")
    {
        Description = "With --model: check that none of the songs, and none of their artists (--group), are in this label file, which "
            + "the model was trained on.",
        HelpName = "labels.csv",
    };

    public Option<double?> HoldOut { get; } = NumberOption.HoldOut(
        "Train once, and measure on this share of the songs, held out with all songs of their artists (--group).");

    public Option<string?> Json { get; } = new("--json")
    {
        Description = "Also write the figures, and what was said of each song, to this file.",
        HelpName = "out.json",
    };

    public Option<string?> Report { get; } = new("--report")
    {
        Description = "Also write the figures as a page with charts, in one file.",
        HelpName = "out.html",
    };

    public Option<string?> CompareWith { get; } = new("--compare-with")
    {
        Description = "With --model: measure this model on the same songs, and tell how much more often one is right than the other.",
        HelpName = "other.zip",
    };

    /// <summary>The headings of help.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups =>
    [
        ("What to measure (one of the first three)", [training.CrossValidate, HoldOut, Model, TrainedOn, CompareWith]),
        ("Results", [Json, Report]),
    ];

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Model, TrainedOn, CompareWith, HoldOut, Json, Report })
            command.Add(option);
        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        var ways = new Option[] { Model, training.CrossValidate, HoldOut }.Count(option => result.GetResult(option) is not null);
        if (ways != 1)
            result.AddError(
                "Name one of these: a model to measure (--model), a number of folds to train and measure by (--cross-validate), "
                + "or the share of the songs to measure on after training on the others (--hold-out).");
        if (result.GetResult(TrainedOn) is not null && result.GetResult(Model) is null)
            result.AddError("--trained-on is for --model: songs that are held out are always checked.");
        if (result.GetResult(CompareWith) is not null && result.GetResult(Model) is null)
            result.AddError("--compare-with is for --model: it measures two finished models on the same songs.");
    }
}
