namespace SongMood.Evaluation;

/// <summary>How well one mood is told from the others.</summary>
/// <param name="Mood">The mood.</param>
/// <param name="Precision">Of the songs predicted to have the mood, the share that have it; 0 where none was predicted.</param>
/// <param name="Recall">Of the songs that have the mood, the share found: the mood's own accuracy; 0 where none has it.</param>
/// <param name="F1">The harmonic mean of both; 0 where both are.</param>
/// <param name="Support">The songs that have the mood.</param>
/// <param name="PredictedCount">The songs predicted to have it.</param>
public sealed record MoodScore(string Mood, double Precision, double Recall, double F1, int Support, int PredictedCount)
{
    internal static MoodScore FromConfusion(string mood, int[,] confusion, int unscored, int index)
    {
        int support = unscored, predicted = 0;
        for (var other = 0; other < confusion.GetLength(0); other++)
        {
            support += confusion[index, other];
            predicted += confusion[other, index];
        }
        var hits = confusion[index, index];
        return new MoodScore(mood, Ratio(hits, predicted), Ratio(hits, support), Ratio(2 * hits, support + predicted), support, predicted);
    }

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
