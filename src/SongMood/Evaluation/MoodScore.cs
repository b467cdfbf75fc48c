using System.Globalization;

namespace SongMood.Evaluation;

/// <summary>How well one mood is told from the others.</summary>
public sealed record MoodScore
{
    /// <summary>The mood.</summary>
    public required string Mood { get; init; }

    /// <summary>The share of the songs predicted to have the mood that do have it; 0 where none was predicted.</summary>
    public required double Precision { get; init; }

    /// <summary>The share of the songs that have the mood that were found: the mood's own accuracy; 0 where none has it.</summary>
    public required double Recall { get; init; }

    /// <summary>The harmonic mean of both; 0 where both are.</summary>
    public required double F1 { get; init; }

    /// <summary>How many songs have the mood.</summary>
    public required int Support { get; init; }

    /// <summary>How many songs were predicted to have it.</summary>
    public required int PredictedCount { get; init; }

    /// <summary>Such as "calm: precision 0.80, recall 0.70, F1 0.75 (120 songs)".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Mood}: precision {Precision:F2}, recall {Recall:F2}, F1 {F1:F2} ({Plural.Of(Support, "song")})");

    internal static MoodScore FromConfusion(string mood, int[,] confusion, int unscored, int index)
    {
        int support = unscored, predicted = 0;
        for (var other = 0; other < confusion.GetLength(0); other++)
        {
            support += confusion[index, other];
            predicted += confusion[other, index];
        }
        var hits = confusion[index, index];
        return new MoodScore
        {
            Mood = mood,
            Precision = Ratio(hits, predicted),
            Recall = Ratio(hits, support),
            F1 = Ratio(2 * hits, support + predicted),
            Support = support,
            PredictedCount = predicted,
        };
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
