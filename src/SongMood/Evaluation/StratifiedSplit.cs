namespace SongMood.Evaluation;

/// <summary>
/// Splits songs into parts that each have about the same mix of moods and never share a group (an artist), the same way for the same seed.
/// </summary>
/// <remarks>
/// Songs of one artist sound alike; a network that knows the artist looks better than it is (the "album effect", Whitman, Flake and
/// Lawrence 2001). Groups are shuffled, taken largest first, and each is put where it brings the counts of moods closest to the wanted
/// shares, by squared distance relative to the share, so that a small part gets large groups too. Names that differ only in case, accents
/// or white space are one group: "Queen" is "queen ".
/// <see cref="Learning.SplitCheck"/> tells afterwards whether a split is sound.
/// </remarks>
/// <example><code>
/// int[] moods = [0, 1, 0, 1, 0, 1];
/// string?[] artists = ["The Ones", "The Ones", "The Twos", "The Twos", "The Threes", "The Threes"];
/// int[] folds = StratifiedSplit.Folds(moods, artists, foldCount: 3, seed: 1); // no artist in two folds
/// </code></example>
public static class StratifiedSplit
{
    /// <summary>Assigns each song to one of <paramref name="foldCount"/> folds of about equal size.</summary>
    /// <param name="labels">The mood of each song, as an index.</param>
    /// <param name="groups">The group of each song; one without a group (null or blank) is a group of its own. Null: no groups at
    /// all.</param>
    /// <param name="foldCount">2 or more, and no more than there are groups.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <returns>The fold of each song, from 0.</returns>
    /// <exception cref="ArgumentException">There are fewer groups than folds, or the lists differ in length.</exception>
    public static int[] Folds(IReadOnlyList<int> labels, IReadOnlyList<string?>? groups, int foldCount, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, 2);
        var units = Units(labels, groups);
        if (units.Length < foldCount)
            throw new ArgumentException($"{Plural.Of(labels.Count, "song")} of "
                + $"{Plural.Of(units.Length, "group (artist)", "groups (artists)")} cannot be split into {foldCount} parts "
                + "that share no group. Ask for fewer parts or add songs of others.");
        var shares = new double[foldCount];
        Array.Fill(shares, 1.0 / foldCount);
        return Assign(labels, units, shares, seed);
    }

    /// <summary>Sets about <paramref name="fraction"/> of the songs of each mood aside.</summary>
    /// <param name="labels">The mood of each song, as an index.</param>
    /// <param name="groups">The group of each song; one without a group (null or blank) is a group of its own. Null: no groups at
    /// all.</param>
    /// <param name="fraction">More than 0 and less than 1.</param>
    /// <param name="seed">The seed of the shuffle.</param>
    /// <returns>Whether each song is held out.</returns>
    /// <exception cref="ArgumentException">One side would be empty, as there is one group or the fraction is too small or too large; or the
    /// lists differ in length.</exception>
    public static bool[] HoldOut(IReadOnlyList<int> labels, IReadOnlyList<string?>? groups, double fraction, int seed)
    {
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The held-out fraction must be more than 0 and less than 1.");
        var units = Units(labels, groups);
        var held = Array.ConvertAll(Assign(labels, units, [1 - fraction, fraction], seed), part => part == 1);
        return held.Distinct().Count() == 2 ? held : throw new ArgumentException(
            FormattableString.Invariant($"To hold {fraction} of {Plural.Of(labels.Count, "song")} of ")
            + $"{Plural.Of(units.Length, "group (artist)", "groups (artists)")} out leaves one side empty. "
            + "Choose a larger or smaller fraction, or add songs of others.");
    }

    private static int[][] Units(IReadOnlyList<int> labels, IReadOnlyList<string?>? groups)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (groups is not null && groups.Count != labels.Count)
            throw new ArgumentException($"There are {Plural.Of(labels.Count, "label")} but {Plural.Of(groups.Count, "group")}.",
                nameof(groups));
        return GroupName.Units(Enumerable.Range(0, labels.Count), groups is null ? null : song => groups[song]);
    }

    private static int[] Assign(IReadOnlyList<int> labels, int[][] units, double[] shares, int seed)
    {
        new Random(seed).Shuffle(units);
        var classCount = labels.Append(-1).Max() + 1;
        var total = CountClasses(labels, Enumerable.Range(0, labels.Count), classCount);
        var filled = Array.ConvertAll(shares, _ => new double[classCount]);
        var parts = new int[labels.Count];
        foreach (var group in units.OrderByDescending(group => group.Length)) // a stable sort: the shuffle decides among equals
        {
            var counts = CountClasses(labels, group, classCount);
            var best = Enumerable.Range(0, shares.Length).MinBy(part => Cost(filled[part], counts, total, shares[part]));
            foreach (var song in group)
                parts[song] = best;
            for (var c = 0; c < classCount; c++)
                filled[best][c] += counts[c];
        }
        return parts;
    }

    private static double[] CountClasses(IReadOnlyList<int> labels, IEnumerable<int> songs, int classCount)
    {
        var counts = new double[classCount];
        foreach (var song in songs)
            counts[labels[song]]++;
        return counts;
    }

    /// <summary>How much Pearson's chi-squared distance from the wanted counts grows when a group joins a part.</summary>
    private static double Cost(double[] filled, double[] added, double[] total, double share)
    {
        var cost = 0.0;
        for (var c = 0; c < added.Length; c++)
            if (added[c] > 0)
                cost += added[c] * (added[c] + 2 * (filled[c] - share * total[c])) / (share * total[c]);
        return cost;
    }
}
