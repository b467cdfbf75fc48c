using System.CommandLine;
using SongMood.Learning;

namespace SongMood.Cli;

/// <summary>The options that say how training runs: when it stops, where, and from what it goes on.</summary>
internal sealed class TrainingRunOptions
{
    public Option<double?> Validation { get; } = NumberOption.Real("--validation",
        "Keep this share of the songs aside, with all songs of their artists (--group): after each epoch the network is measured on them, "
        + "and the best epoch's is the result. Default: none; all songs are learnt from.",
        "share", "more than 0 and less than 1, such as 0.2", share => share is > 0 and < 1);

    public Option<int?> Patience { get; } = NumberOption.Whole("--patience",
        "With --validation: stop early, when the loss on the songs kept aside has not fallen for this many epochs.", least: 1);

    public Option<string?> Device { get; } = new("--device")
    {
        Description = "Where networks are trained: auto (a CUDA device where there is one, else the CPU), cpu, cuda or cuda:N.",
        HelpName = "auto|cpu|cuda|cuda:N",
        DefaultValueFactory = _ => new MoodLearningOptions().Device,
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (!MoodLearningOptions.IsDevice(name))
                result.AddError($"--device is {name}; expected auto, cpu, cuda or cuda:N, such as cuda:1.");
            return name;
        },
    };

    public Option<string?> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Keep in this folder what is heard and, after each epoch, what is learnt: after Ctrl-C, or a crash, the same "
            + "command goes on from there, to the model of an unbroken run.",
        HelpName = "folder",
    };

    public Option<string?> StartFrom { get; } = new("--start-from")
    {
        Description = "Go on from the network in this model, which 'songmood train' made of the same moods with the same --network and "
            + "--hidden, and learn from what it was trained on.",
        HelpName = "model.zip",
    };

    public Option<bool> KeepBest { get; } = new("--keep-best")
    {
        Description = "After Ctrl-C write the model as it is by then, the best so far with --validation, once an epoch has ended; the exit "
            + "code is still 130.",
    };

    /// <summary>What every way of training has.</summary>
    public IReadOnlyList<Option> ForAll => [Validation, Patience, Device];

    /// <summary>What only the training of one model has, whose file is wanted.</summary>
    public IReadOnlyList<Option> ForModel => [Checkpoint, StartFrom, KeepBest];

    public MoodLearningOptions AddTo(MoodLearningOptions settings, ParseResult parsed) => settings with
    {
        ValidationFraction = parsed.GetValue(Validation) ?? settings.ValidationFraction,
        EarlyStoppingPatience = parsed.GetValue(Patience),
        Device = parsed.GetValue(Device) ?? settings.Device,
        CheckpointFolder = parsed.GetValue(Checkpoint),
        StartFromModel = parsed.GetValue(StartFrom),
        KeepBestWhenCancelled = parsed.GetValue(KeepBest),
    };
}
