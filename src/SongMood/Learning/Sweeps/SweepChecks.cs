using SongMood.Evaluation;

namespace SongMood.Learning;

/// <summary>What can be wrong with a sweep before anything is trained.</summary>
internal static class SweepChecks
{
    /// <exception cref="MoodLearningException">Strategy and values do not fit together, or are out of range.</exception>
    public static void Check(MoodSweepOptions options, SweepSpace space)
    {
        var strategy = options.Strategy;
        if (!Enum.IsDefined(strategy))
            throw new MoodLearningException($"Strategy is {strategy}; expected {Term.Grid}, {Term.Random} or {Term.Halving}.");
        if (space.Axes.Count == 0)
            throw new MoodLearningException($"There is nothing to sweep over: give values for one or more of "
                + $"{string.Join(", ", SweepParameter.All.Select(parameter => parameter.Name))}.");
        if (space.Axes.GroupBy(axis => axis.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new MoodLearningException($"There are {twice.Count()} axes of {twice.Key}; expected one.");
        foreach (var (term, given) in new[] { (Term.Eta, options.Eta), (Term.LeastEpochs, options.LeastEpochs) })
            if (strategy != SweepStrategy.Halving && given is not null)
                throw new MoodLearningException($"{term} is for {Term.Halving}, not {strategy.ToString().ToLowerInvariant()}.");
        if (options.Eta < 2)
            throw new MoodLearningException($"{Term.Eta} is {options.Eta}; expected 2 or more.");
        if (options.LeastEpochs < 1)
            throw new MoodLearningException($"{Term.LeastEpochs} is {options.LeastEpochs}; expected 1 or more.");
        if (options.TrialCount < 1)
            throw new MoodLearningException($"{Term.TrialCount} is {options.TrialCount}; expected 1 or more.");
        if (options.Workers is { Count: < 1 })
            throw new MoodLearningException($"Workers.Count is {options.Workers.Count}; expected 1 or more.");
        CheckTrials(strategy, options.TrialCount, space.Axes.FirstOrDefault(axis => axis.IsRange));
    }

    /// <summary>What no network can be made of is known now, not in the middle of the night.</summary>
    public static LearningRecipe RecipeOf(SweepSpace space, Trial trial)
    {
        try
        {
            return new LearningRecipe(trial.Options);
        }
        catch (ArgumentException error)
        {
            var values = string.Join(", ", space.Axes.Zip(trial.Values, (axis, value) => $"{axis.Name} {value}"));
            throw error is IHasTerms said
                ? new MoodLearningException($"Trial {trial.Number} ({values}) cannot be: {said.Text}", error)
                : new MoodLearningException($"Trial {trial.Number} ({values}) cannot be: {error.Message}", error);
        }
    }

    /// <exception cref="ArgumentException">There are too few songs, or groups, to split them so.</exception>
    public static void CheckSplit(MoodSweepOptions options, LabelledSongs songs, int seed)
    {
        string?[] groups = [.. songs.Songs.Select(song => song.Group)];
        if (options.HoldOut is { } share)
            StratifiedSplit.HoldOut(songs.MoodIndices, groups, share, seed);
        else
            StratifiedSplit.Folds(songs.MoodIndices, groups, options.Folds, seed);
    }

    private static void CheckTrials(SweepStrategy strategy, int? count, SweepAxis? range)
    {
        if (strategy == SweepStrategy.Grid && count is not null)
            throw new MoodLearningException($"{Term.TrialCount} is for {Term.Random} and halving; a grid tries every combination.");
        if (strategy == SweepStrategy.Grid && range is not null)
            throw new MoodLearningException(
                $"{range.Label} {range.Text} is a range, of which a grid has no end: use {Term.DrawTrials}, or a list.");
        if (strategy == SweepStrategy.Random && count is null)
            throw new MoodLearningException($"{Term.Random} needs {Term.Trials}.");
        if (range is not null && count is null)
            throw new MoodLearningException($"{range.Label} {range.Text} is a range to draw from: say how often with {Term.Trials}.");
    }
}
