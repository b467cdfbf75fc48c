namespace SongMood.Training;

/// <summary>Keeps a share of the rows for validation, class by class, with groups (an artist's songs) on one side.</summary>
internal static class ValidationSplit
{
    public static (int[] Training, int[] Validation) Draw(TrainingData data, double fraction, Random random)
    {
        // Without groups every row is a group of its own.
        var groups = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Groups?[row] ?? row).Select(group => group.ToArray()).ToArray();
        random.Shuffle(groups);
        var total = data.ClassCounts([.. Enumerable.Range(0, data.RowCount)]);
        var wanted = total.Select(count => count * fraction).ToArray();
        var kept = new double[data.ClassCount];
        var (training, validation) = (new List<int>(), new List<int>());
        // Each group goes to validation where that brings the classes' counts there closer to what is wanted.
        foreach (var group in groups)
        {
            var counts = data.ClassCounts(group);
            var gain = 0.0;
            for (var c = 0; c < counts.Length; c++)
                gain += Math.Abs(wanted[c] - kept[c]) - Math.Abs(wanted[c] - kept[c] - counts[c]);
            if (gain > 0)
            {
                validation.AddRange(group);
                for (var c = 0; c < counts.Length; c++)
                    kept[c] += counts[c];
            }
            else
            {
                training.AddRange(group);
            }
        }
        if (validation.Count == 0 || training.Count == 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"A validation fraction of {fraction} of {data.RowCount} rows in {groups.Length} groups leaves one side empty. ") +
                "Use a larger or smaller fraction, or give Fit validation data.");
        training.Sort();
        validation.Sort();
        return ([.. training], [.. validation]);
    }
}
