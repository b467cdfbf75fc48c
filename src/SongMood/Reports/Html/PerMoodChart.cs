using SongMood.Evaluation;

namespace SongMood.Reports.Html;

/// <summary>Precision, recall and F1 of each mood as bars, and how certain each F1 is.</summary>
internal static class PerMoodChart
{
    public static BarSeries[] Series(MoodMetrics metrics, BootstrapIntervals intervals) =>
    [
        new(Palette.Of(0), "precision", [.. metrics.PerMood.Select(score => score.Precision)]),
        new(Palette.Of(2), "recall", [.. metrics.PerMood.Select(score => score.Recall)]),
        new(Palette.Of(3), "F1, with its interval", [.. metrics.PerMood.Select(score => score.F1)], intervals.F1PerMood),
    ];

    public static string Draw(string id, MoodMetrics metrics, BootstrapIntervals intervals) =>
        BarChart.Draw(id, [.. metrics.PerMood.Select(score => score.Mood)], Series(metrics, intervals),
            "Per mood: " + string.Join("; ", metrics.PerMood.Select(score => FormattableString.Invariant(
                $"{score.Mood} precision {score.Precision:0.00}, recall {score.Recall:0.00}, F1 {score.F1:0.00}"))) + ".");
}
