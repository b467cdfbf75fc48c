using System.Globalization;

namespace SongMood.Prediction;

/// <summary>What one group of features did for a mood.</summary>
/// <param name="Group">The group in words, such as "rhythm" or "treble"; <see cref="MoodPredictor.Explain"/> lists them.</param>
/// <param name="Change">
/// How much lower the mood's score is, -1 to 1, where the group is as it usually is: above 0, it spoke for the mood; below 0, against it.
/// </param>
public sealed record ExplanationPart(string Group, float Change)
{
    /// <summary>Such as "middle (+0.55)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Group} ({Change:+0.00;-0.00})");
}

/// <summary>Why a model told a mood of a song: which groups of features spoke for it and which against it.</summary>
/// <param name="Mood">The mood.</param>
/// <param name="Score">Its probability, 0 to 1.</param>
/// <param name="Parts">
/// All groups, what spoke most for the mood first. None where the model cannot be taken apart: where it ends in an ensemble whose members
/// compute features of their own, hears a spectrogram that is no mel spectrogram, or is one of descriptors that was not trained by
/// <c>songmood train</c> (or by an earlier version), so that nobody knows what is usual.
/// </param>
public sealed record MoodExplanation(string Mood, float Score, IReadOnlyList<ExplanationPart> Parts)
{
    private const int MostNamed = 3;
    private const float Least = 0.005f; // what would be shown as 0.00 says nothing

    /// <summary>One line: "happy 71 %: for it rhythm (+0.21) and treble (+0.08); against it bass (-0.03)".</summary>
    public override string ToString()
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{Mood} {100 * Score:0} %");
        if (Parts.Count == 0)
            return $"{head}: this model does not say why";
        var (pro, contra) = (Named(Parts.Where(part => part.Change >= Least)), Named(Parts.Reverse().Where(part => part.Change <= -Least)));
        return $"{head}: " + (pro, contra) switch
        {
            ("", "") => "no group of features by itself",
            (_, "") => $"for it {pro}",
            ("", _) => $"against it {contra}",
            _ => $"for it {pro}; against it {contra}",
        };
    }

    private static string Named(IEnumerable<ExplanationPart> parts) => string.Join(", ", parts.Take(MostNamed));
}
