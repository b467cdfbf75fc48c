using SongMood.Evaluation;

namespace SongMood.Training;

/// <summary>Keeps a share of the rows for validation, class by class, with groups (an artist's songs) on one side.</summary>
internal static class ValidationSplit
{
    public static (int[] Training, int[] Validation) Draw(TrainingData data, double fraction, int seed)
    {
        var held = StratifiedSplit.HoldOut(Array.ConvertAll(data.Labels, label => (int)label), data.Groups, fraction, seed);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        return ([.. rows.Where(row => !held[row])], [.. rows.Where(row => held[row])]);
    }
}
