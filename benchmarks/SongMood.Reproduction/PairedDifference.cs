namespace SongMood.Reproduction;

/// <summary>
/// Whether one row is better than another on the same songs: the difference of their accuracies, with a 95 % interval by a bootstrap
/// that draws whole artists (Efron and Tibshirani, 1993, percentile interval).
/// </summary>
internal sealed record PairedDifference(double Difference, double Low, double High)
{
    private const int Draws = 2000;

    /// <summary>Better by more than chance.</summary>
    public bool IsClear => Low > 0;

    /// <param name="first">Of each song, whether the first row is right.</param>
    /// <param name="second">The same of the second row.</param>
    /// <param name="artists">Of each song, its artist; without one it is drawn alone.</param>
    /// <param name="seed">Of the draws.</param>
    public static PairedDifference Of(bool[] first, bool[] second, string?[] artists, int seed)
    {
        var groups = Enumerable.Range(0, first.Length).GroupBy(i => artists[i] ?? $"\0{i}")
            .Select(group => (Songs: group.Count(), Gain: group.Sum(i => (first[i] ? 1 : 0) - (second[i] ? 1 : 0)))).ToArray();
        var random = new Random(seed);
        var draws = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var (songs, gain) = (0, 0);
            for (var i = 0; i < groups.Length; i++)
            {
                var group = groups[random.Next(groups.Length)];
                songs += group.Songs;
                gain += group.Gain;
            }
            draws[draw] = (double)gain / songs;
        }
        Array.Sort(draws);
        return new PairedDifference(groups.Sum(group => (double)group.Gain) / first.Length, draws[Draws / 40], draws[^(Draws / 40)]);
    }
}
