using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Reproduction;

/// <summary>
/// One training and one test of every row of the table. The artists of the three parts differ, except in the paper's own split: networks
/// learn from <paramref name="Training"/>, stop by <paramref name="Validation"/> and are measured on <paramref name="Test"/>.
/// </summary>
internal sealed record Split(int Number, int[] Training, int[] Validation, int[] Test)
{
    private const double ValidationShare = 0.15;

    /// <summary>The paper's: one test part of 24 %.</summary>
    public static IReadOnlyList<Split> HoldOut(SongSet set, int seed) =>
        [.. HeldOutParts.Share(set.Songs.MoodIndices, set.Artists, 0.24, seed).Select(part => Of(set, part, seed))];

    /// <summary>Every song is in one test part.</summary>
    public static IReadOnlyList<Split> Folds(SongSet set, int count, int seed) =>
        [.. HeldOutParts.Folds(set.Songs.MoodIndices, set.Artists, count, seed).Select(part => Of(set, part, seed))];

    /// <summary>As the paper splits: 24 % by mood, whoever the artist is, and no validation part.</summary>
    public static IReadOnlyList<Split> OfPaper(SongSet set, int seed) => [.. HeldOutParts.Share(set.Songs.MoodIndices, null, 0.24, seed)
        .Select(part => new Split(part.Part + 1, [.. part.Learnt], [], [.. part.Held]) { KnowsArtists = false })];

    /// <summary>Whether no artist is in two of the parts.</summary>
    public bool KnowsArtists { get; private init; } = true;

    private static Split Of(SongSet set, HeldOutPart part, int seed)
    {
        var rest = part.Learnt;
        var validation = StratifiedSplit.HoldOut(
            [.. rest.Select(song => set.Songs.MoodIndices[song])], [.. rest.Select(song => set.Artists[song])], ValidationShare, seed);
        var split = new Split(part.Part + 1, [.. rest.Where((_, i) => !validation[i])], [.. rest.Where((_, i) => validation[i])],
            [.. part.Held]);
        split.Check(set);
        return split;
    }

    /// <summary>That no artist, where they are known, and no song is in two of the three parts.</summary>
    /// <exception cref="InvalidOperationException">One is.</exception>
    public SplitCheck Check(SongSet set)
    {
        var parts = new int[set.Songs.Songs.Count];
        foreach (var (part, songs) in new[] { Training, Validation, Test }.Index())
            foreach (var song in songs)
                parts[song] = part;
        var check = SplitCheck.Of(set.Songs.Songs, parts);
        return check.Leaks.All(leak => !KnowsArtists && leak.Kind == SplitLeakKind.Group) ? check
            : throw new InvalidOperationException(
                $"Split {Number} of {set.Name} leaks: {string.Join("; ", check.Describe("artist", "part"))}");
    }
}
