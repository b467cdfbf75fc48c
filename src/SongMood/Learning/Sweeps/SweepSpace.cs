namespace SongMood.Learning;

/// <summary>All that a sweep may try.</summary>
/// <param name="baseline">What every trial shares.</param>
/// <param name="axes">What differs from trial to trial.</param>
internal sealed class SweepSpace(MoodLearningOptions baseline, IReadOnlyList<SweepAxis> axes)
{
    /// <summary>More is a slip of the hand: at a second each, they would take hours.</summary>
    public const int MostTrials = 10_000;

    public IReadOnlyList<SweepAxis> Axes => axes;

    public bool HasRange => axes.Any(axis => axis.IsRange);

    /// <summary>How many different trials there are; null where there is a range.</summary>
    private long? Count => HasRange ? null : axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.List.Count, int.MaxValue));

    /// <summary>Every combination; the last option changes fastest.</summary>
    public IReadOnlyList<Trial> Grid()
    {
        if (Count > MostTrials)
            throw new MoodLearningException(
                $"The grid has more than {MostTrials} trials. Give fewer values, or draw some with {Term.DrawTrials}.");
        IEnumerable<SweepValue[]> combinations = [[]];
        foreach (var axis in axes)
            combinations = [.. combinations.SelectMany(left => axis.List, (left, value) => (SweepValue[])[.. left, value])];
        return Number(combinations);
    }

    /// <summary>Different combinations by chance (Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012).</summary>
    public IReadOnlyList<Trial> Draw(int count, int seed)
    {
        if (Count < count)
            throw new MoodLearningException(
                $"{Term.TrialCount} is {count}, but the lists have only {Plural.Of(Count.Value, "combination")}. Ask for fewer, or try "
                + $"all with {Term.Grid}.");
        var random = new Random(seed);
        var drawn = new Dictionary<string, SweepValue[]>();
        for (var attempts = 0; drawn.Count < count; attempts++)
        {
            if (attempts == 1000 * count)
                throw new MoodLearningException(
                    $"The ranges have hardly more than {drawn.Count} different trials, not {count}. Widen them or ask for fewer.");
            SweepValue[] values = [.. axes.Select(axis => axis.Draw(random))];
            drawn.TryAdd(string.Join(' ', values.Select(value => value.Text)), values); // kept in the order of the draws
        }
        return Number(drawn.Values);
    }

    private Trial[] Number(IEnumerable<SweepValue[]> combinations) => [.. combinations.Select((values, index) => new Trial(
        index + 1, [.. values.Select(value => value.Text)], values.Aggregate(baseline, (settings, value) => value.ApplyTo(settings))))];
}

/// <summary>One way to train.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Values">The value of each option that is swept over.</param>
/// <param name="Options">All of it.</param>
internal sealed record Trial(int Number, IReadOnlyList<string> Values, MoodLearningOptions Options);
