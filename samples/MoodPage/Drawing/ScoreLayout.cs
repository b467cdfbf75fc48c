using System.Text;
using SongMood.Prediction;

namespace MoodPage.Drawing;

/// <summary>
/// Where things are in the picture of a song over time. Places across are per cent of its length, so that the picture is as wide as the
/// page, and no word is stretched with it.
/// </summary>
internal sealed class ScoreLayout(MoodTimeline timeline)
{
    /// <summary>The box that the probabilities are drawn in, which is stretched to the page.</summary>
    public const int AreaWidth = 1000, AreaHeight = 100;

    private const int MostTicks = 8;
    private static readonly int[] TickSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

    private readonly double _seconds = timeline.Song.Duration.TotalSeconds;

    /// <summary>From the left.</summary>
    public string X(TimeSpan time) => $"{100 * time.TotalSeconds / _seconds:0.###}%";

    /// <summary>Round times, a few of them, without those that would touch the end.</summary>
    public IEnumerable<TimeSpan> Ticks()
    {
        var step = TickSeconds.FirstOrDefault(step => _seconds / step <= MostTicks, TickSeconds[^1]);
        for (var tick = 0; tick < 0.97 * _seconds; tick += step)
            yield return TimeSpan.FromSeconds(tick);
    }

    /// <summary>The probabilities, one mood upon the other: an area for each, in the model's order from the bottom.</summary>
    public IEnumerable<(string Mood, string Path)> Areas()
    {
        var floor = new double[timeline.Windows.Count];
        foreach (var mood in timeline.Song.Scores.Keys)
        {
            var top = floor.Zip(timeline.Windows, (below, window) => below + window.Scores[mood]).ToArray();
            yield return (mood, $"M{Points(floor)} L{string.Join(' ', Points(top).Split(' ').Reverse())}Z");
            floor = top;
        }
    }

    /// <summary>A line through the middles of the windows, and level to both ends.</summary>
    private string Points(double[] heights)
    {
        var points = new StringBuilder($"0,{Y(heights[0])}");
        for (var i = 0; i < heights.Length; i++)
        {
            var middle = (timeline.Windows[i].Start + timeline.Windows[i].End) / 2;
            points.Append($" {Math.Min(AreaWidth, AreaWidth * middle.TotalSeconds / _seconds):0.##},{Y(heights[i])}");
        }
        return points.Append($" {AreaWidth},{Y(heights[^1])}").ToString();
    }

    private static string Y(double height) => $"{AreaHeight * (1 - Math.Min(1, height)):0.##}";
}
