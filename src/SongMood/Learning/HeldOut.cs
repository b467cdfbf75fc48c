using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Learning;

/// <summary>Measures a way of training on rows that it has not learnt from.</summary>
public static class HeldOut
{
    /// <summary>The loop over the parts: each is predicted by what has learnt from all other rows.</summary>
    /// <param name="parts">The part that each row is held out with; below 0 for a row that is only learnt from.</param>
    /// <param name="partCount">How many parts there are.</param>
    /// <param name="predict">Learns from a part's rows, and gives the probabilities of its held rows.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <returns>The probabilities of each row; none for a row that is only learnt from.</returns>
    internal static float[][] Predict(
        IReadOnlyList<int> parts, int partCount, Func<HeldOutPart, IReadOnlyList<float[]>> predict, CancellationToken cancellation = default)
    {
        var all = Enumerable.Range(0, parts.Count).ToArray();
        float[][] probabilities = [.. all.Select(_ => Array.Empty<float>())];
        for (var part = 0; part < partCount; part++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] held = [.. all.Where(row => parts[row] == part)];
            var scores = predict(new HeldOutPart(part, partCount, [.. all.Where(row => parts[row] != part)], held));
            foreach (var (row, score) in held.Zip(scores))
                probabilities[row] = score;
        }
        return probabilities;
    }

    /// <summary>Fits an estimator on a part's rows and scores those that are held out.</summary>
    internal static IReadOnlyList<float[]> FitAndScore(
        HeldOutPart part, IEstimator<ITransformer> estimator, Func<IReadOnlyList<int>, IDataView> rows, CancellationToken cancellation = default)
    {
        var fitted = estimator.Fit(rows(part.Learnt));
        using (fitted as IDisposable)
        {
            cancellation.ThrowIfCancellationRequested(); // a network that was stopped is not the one that was asked for
            return [.. fitted.Transform(rows(part.Held)).GetColumn<float[]>("Score")];
        }
    }
}
