using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Evaluation;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>The rows of a data view that are split: their classes and groups, read once.</summary>
internal sealed class HeldOutRows
{
    private readonly IHost _host;
    private readonly IDataView _data;
    private readonly string[] _moods;

    private HeldOutRows(IHost host, IDataView data, HeldOutOptions options, string[] moods, int[] classes, string?[]? groups) =>
        (_host, _data, Options, _moods, Classes, Groups) = (host, data, options, moods, classes, groups);

    public HeldOutOptions Options { get; }

    public int[] Classes { get; }

    public string?[]? Groups { get; }

    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or a row has no label.</exception>
    public static HeldOutRows Read(MLContext context, IDataView data, HeldOutOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(data);
        var read = RowLabels.Read(data, options.LabelColumnName, options.GroupColumnName);
        var unlabelled = Array.IndexOf(read.Classes, -1);
        if (unlabelled >= 0)
            throw new ArgumentException($"Row {unlabelled} has no label in '{options.LabelColumnName}': there is nothing to measure it by. "
                + "Leave such rows out (FilterRowsByMissingValues).");
        var label = data.Schema[options.LabelColumnName];
        return new HeldOutRows(((IHostEnvironment)context).Register(nameof(HeldOut)), data, options,
            LabelNames.Of(label).AsText(LabelColumn.ClassCount(label)), read.Classes, read.Groups);
    }

    public IReadOnlyList<float[]> FitAndScore(HeldOutPart part, IEstimator<ITransformer> estimator, CancellationToken cancellation)
    {
        var scores = HeldOut.FitAndScore(part, estimator, Rows, Options.ScoreColumnName, cancellation);
        return scores.FirstOrDefault(row => row.Length != _moods.Length) is not { } other ? scores
            : throw new ArgumentException(
                $"The estimator's model writes {other.Length} scores into '{Options.ScoreColumnName}'; expected {_moods.Length}, one "
                + $"for each class of '{Options.LabelColumnName}'. Make the label's keys before the rows are split, so that every part "
                + "knows all of them.");
    }

    /// <param name="parts">The part of each row, below 0 for one that was not held out.</param>
    /// <param name="probabilities">What was said of each row that was.</param>
    public Predictions ToPredictions(int[] parts, float[][] probabilities)
    {
        int[] held = [.. Enumerable.Range(0, parts.Length).Where(row => parts[row] >= 0)];
        return new Predictions(_moods, Of(Classes), Of(probabilities), Groups is null ? null : Of(Groups), held.Length == parts.Length
            ? parts : null);

        T[] Of<T>(T[] all) => Array.ConvertAll(held, row => all[row]);
    }

    private ResampledView Rows(IReadOnlyList<int> rows) => ResampledView.OfRows(_host, _data, Classes.Length, rows);
}
