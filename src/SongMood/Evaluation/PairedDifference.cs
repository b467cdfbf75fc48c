using System.Globalization;

namespace SongMood.Evaluation;

/// <summary>
/// How much more often one model is right than another on the same songs, with an interval by the paired bootstrap (Efron and Tibshirani,
/// 1993, section 13.3): songs are drawn anew, with replacement, and both models are measured on what was drawn.
/// </summary>
/// <remarks>
/// Two models are right on much the same songs, so their difference is known better than their two intervals
/// (<see cref="BootstrapIntervals"/>) suggest. Whole groups are drawn, as there.
/// </remarks>
public sealed record PairedDifference
{
    /// <summary>The accuracy of the first model less that of the second, from -1 to 1.</summary>
    public required double Difference { get; init; }

    /// <summary>The interval of that difference.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>Whether the first model is better by more than chance: the whole interval is above 0.</summary>
    public bool IsClear => Interval.Lower > 0;

    /// <summary>Compares two models.</summary>
    /// <param name="first">What the first said of the songs. Where one has a group, whole groups are drawn.</param>
    /// <param name="second">What the second said of the same songs, in the same order.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The songs differ in their number, moods or groups, or an option is out of range.</exception>
    public static PairedDifference Compute(Predictions first, Predictions second, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= new BootstrapOptions();
        options.Validate();
        CheckSameSongs(first, second);
        var units = first.Units().Select(unit => (Songs: unit.Length, Gain: unit.Sum(Gain))).ToArray();
        var random = new Random(options.Seed);
        var differences = new double[options.Resamples];
        for (var resample = 0; resample < options.Resamples; resample++)
        {
            var (songs, gain) = (0, 0);
            for (var draw = 0; draw < units.Length; draw++)
            {
                var unit = units[random.Next(units.Length)];
                songs += unit.Songs;
                gain += unit.Gain;
            }
            differences[resample] = (double)gain / songs;
        }
        return new PairedDifference
        {
            Difference = (double)units.Sum(unit => unit.Gain) / first.SongCount,
            Interval = ConfidenceInterval.OfMiddle(differences, options.Level)!,
        };

        int Gain(int song) => (first.IsRight(song) ? 1 : 0) - (second.IsRight(song) ? 1 : 0);
    }

    /// <summary>Such as "+0.021 (0.004 to 0.04)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Difference:+0.000;-0.000;0.000} ({Interval})");

    private static void CheckSameSongs(Predictions first, Predictions second)
    {
        if (first.SongCount != second.SongCount)
            throw new ArgumentException(
                $"The first model was measured on {Plural.Of(first.SongCount, "song")}, the second on {second.SongCount}; expected "
                + "the same songs.");
        if (!first.Moods.SequenceEqual(second.Moods))
            throw new ArgumentException($"The first model knows the moods {string.Join(", ", first.Moods)}, "
                + $"the second {string.Join(", ", second.Moods)}; expected the same moods in the same order.");
        for (var song = 0; song < first.SongCount; song++)
            if (first.Actual[song] != second.Actual[song] || GroupName.Key(first.Groups?[song]) != GroupName.Key(second.Groups?[song]))
                throw new ArgumentException($"Song {song} is {Describe(first, song)} for the first model, "
                    + $"{Describe(second, song)} for the second; expected the same songs in the same order.");
    }

    private static string Describe(Predictions predictions, int song) =>
        $"'{predictions.Moods[predictions.Actual[song]]}'" + (predictions.Groups?[song] is { } group ? $" of '{group}'" : "");
}
