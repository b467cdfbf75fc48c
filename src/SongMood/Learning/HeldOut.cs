using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>
/// Measures a way of training, whatever its estimator, on rows that it has not learnt from. The rows are read once for each part, so cache
/// what is slow to compute (<c>AppendCacheCheckpoint</c>, <c>mlContext.Data.Cache</c>) before.
/// </summary>
/// <example><code>
/// var songs = mlContext.Data.LoadFromEnumerable(LabelledSongs.Read("labels.csv").Songs
///     .Select(song => new { Path = song.AudioPath!, song.Mood, Artist = song.Group! }).ToArray());
/// var listen = mlContext.Transforms.Conversion.MapValueToKey("Label", "Mood")
///     .Append(mlContext.Transforms.LoadAudio("Audio", "Path"))
///     .Append(mlContext.Transforms.MusicDescriptors("Features", "Audio", DescriptorGroups.Loudness));
/// var heard = mlContext.Data.Cache(listen.Fit(songs).Transform(songs));
/// Predictions said = HeldOut.CrossValidate(mlContext, heard, mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
///     folds: 4, new HeldOutOptions { GroupColumnName = "Artist" });
/// Console.WriteLine(MoodMetrics.Compute(said).Accuracy);
/// </code></example>
public static class HeldOut
{
    /// <summary>Predicts every row by a model that has learnt from none of its group.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="data">The rows, which must come in one order whenever they are read.</param>
    /// <param name="estimator">What is fitted for each fold.</param>
    /// <param name="folds">Into how many parts the rows are split, at least 2.</param>
    /// <param name="options">Columns and seed; null for the defaults.</param>
    /// <param name="cancellation">Stops between two folds.</param>
    /// <returns>What was said of all rows, in their order; its parts are the folds.</returns>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or there are too few rows, or groups, for so many
    /// folds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Predictions CrossValidate(MLContext context, IDataView data, IEstimator<ITransformer> estimator, int folds = 5,
        HeldOutOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return CrossValidate(context, data, _ => estimator, folds, options, cancellation);
    }

    /// <summary>The same, with an estimator that is made anew for each fold, such as one that counts on a seed of its own.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="data">The rows, which must come in one order whenever they are read.</param>
    /// <param name="estimatorOf">Makes what is fitted for a fold.</param>
    /// <param name="folds">Into how many parts the rows are split, at least 2.</param>
    /// <param name="options">Columns and seed; null for the defaults.</param>
    /// <param name="cancellation">Stops between two folds.</param>
    /// <returns>What was said of all rows, in their order; its parts are the folds.</returns>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or there are too few rows, or groups, for so many
    /// folds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Predictions CrossValidate(
        MLContext context, IDataView data, Func<HeldOutPart, IEstimator<ITransformer>> estimatorOf, int folds = 5,
        HeldOutOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(estimatorOf);
        var rows = HeldOutRows.Read(context, data, options ?? new HeldOutOptions());
        var parts = HeldOutParts.Folds(rows.Classes, rows.Groups, folds, rows.Options.Seed);
        return rows.Predict(parts, estimatorOf, cancellation);
    }

    /// <summary>Predicts a share of the rows by a model that has learnt from the others, and from none of their groups.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="data">The rows, which must come in one order whenever they are read.</param>
    /// <param name="estimator">What is fitted.</param>
    /// <param name="share">How many of the rows are held out, above 0 and below 1.</param>
    /// <param name="options">Columns and seed; null for the defaults.</param>
    /// <param name="cancellation">Stops between fitting and scoring; the estimator's own options may stop it earlier.</param>
    /// <returns>What was said of the rows that were held out, in their order; it has no parts.</returns>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the share cannot be held out of these rows, or
    /// groups.</exception>
    public static Predictions HoldOut(
        MLContext context, IDataView data, IEstimator<ITransformer> estimator, double share = 0.24, HeldOutOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        var rows = HeldOutRows.Read(context, data, options ?? new HeldOutOptions());
        return rows.Predict(HeldOutParts.Share(rows.Classes, rows.Groups, share, rows.Options.Seed), _ => estimator, cancellation);
    }

    /// <summary>Predicts the rows of each part by what has learnt from all other rows.</summary>
    /// <param name="parts">How the rows are held out.</param>
    /// <param name="predict">Learns from a part's rows, and gives the probabilities of its held rows.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <returns>The probabilities of each row that is held out, in the order of <see cref="HeldOutParts.Held"/>.</returns>
    internal static float[][] Predict(
        HeldOutParts parts, Func<HeldOutPart, IReadOnlyList<float[]>> predict, CancellationToken cancellation = default)
    {
        var probabilities = new Dictionary<int, float[]>();
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            var scores = predict(part);
            if (scores.Count != part.Held.Count)
                throw new ArgumentException($"The model of part {part.Part + 1} of {part.PartCount} gives scores for "
                    + $"{Plural.Of(scores.Count, "row")}; expected them for the {part.Held.Count} that it was asked about. Leave out steps "
                    + "that drop or add rows.");
            foreach (var (row, score) in part.Held.Zip(scores))
                probabilities[row] = score;
        }
        return [.. parts.Held.Select(row => probabilities[row])];
    }

    /// <summary>Fits an estimator on a part's rows and scores those that are held out.</summary>
    /// <param name="part">The part.</param>
    /// <param name="estimator">What is fitted.</param>
    /// <param name="learntRows">Gives rows to learn from.</param>
    /// <param name="heldRows">Gives rows to score.</param>
    /// <param name="scoreColumn">What the fitted model writes the probabilities into.</param>
    /// <param name="cancellation">Stops between fitting and scoring.</param>
    internal static IReadOnlyList<float[]> FitAndScore(HeldOutPart part, IEstimator<ITransformer> estimator,
        Func<IReadOnlyList<int>, IDataView> learntRows, Func<IReadOnlyList<int>, IDataView> heldRows,
        string scoreColumn = ScoreColumns.Score, CancellationToken cancellation = default)
    {
        var fitted = estimator.Fit(learntRows(part.Learnt));
        using (fitted as IDisposable)
        {
            cancellation.ThrowIfCancellationRequested(); // a network that was stopped is not the one that was asked for
            var scored = fitted.Transform(heldRows(part.Held));
            return IsVectorOfSingle(scored.Schema.GetColumnOrNull(scoreColumn)?.Type) ? [.. scored.GetColumn<float[]>(scoreColumn)]
                : throw new ArgumentException(
                    $"The estimator's model writes no vector of Single into '{scoreColumn}', as a classifier does; it writes "
                    + string.Join(", ", scored.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}"))
                    + ".");
        }
    }

    private static bool IsVectorOfSingle(DataViewType? type) =>
        type is VectorDataViewType { ItemType: NumberDataViewType number } && number.RawType == typeof(float);
}
