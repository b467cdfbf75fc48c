namespace SongMood.Prediction;

/// <summary>Smooths the scores of windows, and finds the sections where one mood holds.</summary>
internal static class TimelineSections
{
    private const double MostDeviations = 3; // of the bell curve: what is beyond weighs less than 1 %

    /// <summary>Each window's scores averaged with those around it, by a bell curve over the distance of their middles.</summary>
    public static WindowScores[] Smooth(IReadOnlyList<WindowScores> windows, double deviationSeconds)
    {
        if (deviationSeconds == 0)
            return [.. windows];
        var smoothed = new WindowScores[windows.Count];
        var first = 0;
        for (var i = 0; i < windows.Count; i++)
        {
            var mean = new WeightedMean();
            while (windows[first].MiddleSeconds < windows[i].MiddleSeconds - MostDeviations * deviationSeconds)
                first++;
            for (var j = first; j < windows.Count; j++)
            {
                var distance = (windows[j].MiddleSeconds - windows[i].MiddleSeconds) / deviationSeconds;
                if (distance > MostDeviations)
                    break;
                mean.Add(windows[j].Scores, Math.Exp(-distance * distance / 2));
            }
            smoothed[i] = windows[i] with { Scores = mean.Mean() };
        }
        return smoothed;
    }

    /// <summary>
    /// The sections of a song. Each window stands for the time that is nearer to its middle than to any other's; windows with one mood in a
    /// row are a section. Then the shortest is counted to the neighbour whose mood has more of its scores, until none is too short.
    /// </summary>
    /// <param name="windows">The windows in order.</param>
    /// <param name="songSeconds">How long the song is.</param>
    /// <param name="leastSeconds">How long a section is at least.</param>
    public static List<(double StartSeconds, double EndSeconds, int Mood, float[] Scores)> Find(
        IReadOnlyList<WindowScores> windows, double songSeconds, double leastSeconds)
    {
        double[] edges = [0, .. windows.Zip(windows.Skip(1), (one, next) => (one.MiddleSeconds + next.MiddleSeconds) / 2), songSeconds];
        var runs = new List<Run>();
        foreach (var (index, window) in windows.Index())
            Append(runs, new Run(index, index + 1, Array.IndexOf(window.Scores, window.Scores.Max())));
        while (runs.Count > 1)
        {
            var at = Enumerable.Range(0, runs.Count).MinBy(run => Length(runs[run]));
            if (Length(runs[at]) >= leastSeconds)
                break;
            var scores = Mean(runs[at]);
            int[] neighbours = [.. new[] { at - 1, at + 1 }.Where(run => run >= 0 && run < runs.Count)];
            var mood = runs[neighbours.MaxBy(run => scores[runs[run].Mood])].Mood;
            runs[at] = runs[at] with { Mood = mood };
            var joined = new List<Run>(runs.Count);
            runs.ForEach(run => Append(joined, run));
            runs = joined;
        }
        return [.. runs.Select(run => (edges[run.First], edges[run.End], run.Mood, Mean(run)))];

        double Length(Run run) => edges[run.End] - edges[run.First];

        float[] Mean(Run run)
        {
            var mean = new WeightedMean();
            for (var i = run.First; i < run.End; i++)
                mean.Add(windows[i].Scores, 1);
            return mean.Mean();
        }
    }

    private static void Append(List<Run> runs, Run next)
    {
        if (runs.Count > 0 && runs[^1].Mood == next.Mood)
            runs[^1] = runs[^1] with { End = next.End };
        else
            runs.Add(next);
    }

    private readonly record struct Run(int First, int End, int Mood);
}
