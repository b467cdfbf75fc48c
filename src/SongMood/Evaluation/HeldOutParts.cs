using System.Collections;

namespace SongMood.Evaluation;

/// <summary>
/// How rows are held out: in folds, or one share of them. To enumerate it is to walk over the parts; each is held out once, while all other
/// rows are learnt from.
/// </summary>
internal sealed class HeldOutParts : IEnumerable<HeldOutPart>
{
    private HeldOutParts(int[] partOf, int count)
    {
        (PartOf, Count) = (partOf, count);
        Held = Rows(row => partOf[row] >= 0);
    }

    /// <summary>The part that each row is held out with; -1 for a row that is only learnt from.</summary>
    public int[] PartOf { get; }

    public int Count { get; }

    /// <summary>The rows that are held out at all, in their order.</summary>
    public int[] Held { get; }

    /// <inheritdoc cref="StratifiedSplit.Folds"/>
    public static HeldOutParts Folds(IReadOnlyList<int> labels, IReadOnlyList<string?>? groups, int foldCount, int seed) =>
        new(StratifiedSplit.Folds(labels, groups, foldCount, seed), foldCount);

    /// <inheritdoc cref="StratifiedSplit.HoldOut"/>
    public static HeldOutParts Share(IReadOnlyList<int> labels, IReadOnlyList<string?>? groups, double fraction, int seed) =>
        new(Array.ConvertAll(StratifiedSplit.HoldOut(labels, groups, fraction, seed), held => held ? 0 : -1), 1);

    /// <summary>What belongs to the rows that are held out, of what there is for all rows.</summary>
    public T[] OfHeld<T>(IReadOnlyList<T> all) => Array.ConvertAll(Held, row => all[row]);

    public IEnumerator<HeldOutPart> GetEnumerator()
    {
        for (var part = 0; part < Count; part++)
            yield return new HeldOutPart
            {
                Part = part,
                PartCount = Count,
                Learnt = Rows(row => PartOf[row] != part),
                Held = Rows(row => PartOf[row] == part),
            };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int[] Rows(Func<int, bool> isWanted) => [.. Enumerable.Range(0, PartOf.Length).Where(isWanted)];
}
