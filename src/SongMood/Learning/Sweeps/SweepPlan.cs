namespace SongMood.Learning;

/// <summary>Which trials a sweep trains, in which rounds; every trial is checked before any is trained.</summary>
internal sealed class SweepPlan
{
    /// <param name="shared">What all trials share.</param>
    /// <param name="axes">What differs from trial to trial.</param>
    /// <param name="options">How to choose.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, or a trial cannot be; the message says which.</exception>
    public SweepPlan(MoodLearningOptions shared, IReadOnlyList<SweepAxis> axes, MoodSweepOptions options)
    {
        options.Validate(axes);
        Space = new SweepSpace(shared, axes);
        Trials = options.TrialCount is { } count ? Space.Draw(count, shared.Seed) : Space.Grid();
        foreach (var trial in Trials)
            Check(trial);
        Shared = shared.Inputs == SongInput.Both ? shared
            : shared with { Network = shared.Network with { Kind = NetworkRecipe.KindOf(Trials[0].Options) } };
        if (shared is { Inputs: SongInput.Both, Epochs: null })
            throw new MoodLearningException(
                $"The two networks of {Term.InputsBoth} train for different numbers of epochs, and a sweep has one: "
                + $"give it with {Term.Epochs}.");
        var epochs = shared.Epochs ?? new LearningRecipe(Trials[0].Options).Epochs;
        Rungs = options.Strategy == SweepStrategy.Halving
            ? Rung.Halve(Trials.Count, epochs, options.Eta ?? MoodSweepOptions.DefaultEta, options.LeastEpochs ?? 1)
            : [new Rung(Trials.Count, epochs)];
    }

    public SweepSpace Space { get; }

    /// <summary>What all trials share, the network too, which is another where it has hidden layers to sweep over.</summary>
    public MoodLearningOptions Shared { get; }

    public IReadOnlyList<Trial> Trials { get; }

    public IReadOnlyList<Rung> Rungs { get; }

    /// <summary>What no network can be made of is known now, not in the middle of the night.</summary>
    private void Check(Trial trial)
    {
        try
        {
            trial.Options.Validate();
        }
        catch (MoodLearningException error)
        {
            var values = string.Join(", ", Space.Axes.Zip(trial.Values, (axis, value) => $"{axis.Name} {value}"));
            throw new MoodLearningException($"Trial {trial.Number} ({values}) cannot be: {((IHasTerms)error).Text}", error);
        }
    }
}
