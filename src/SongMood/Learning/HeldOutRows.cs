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
        options.Validate();
        var read = RowLabels.Read(data, options.LabelColumnName, options.GroupColumnName);
        var unlabelled = Array.IndexOf(read.Classes, -1);
        if (unlabelled >= 0)
            throw new ArgumentException($"Row {unlabelled} has no label in '{options.LabelColumnName}': there is nothing to measure it by. "
                + "Leave such rows out (FilterRowsByMissingValues).");
        var label = data.Schema[options.LabelColumnName];
        return new HeldOutRows(((IHostEnvironment)context).Register(nameof(HeldOut)), data, options,
            LabelNames.Of(label).AsText(LabelColumn.ClassCount(label)), read.Classes, read.Groups);
    }

    /// <summary>What was said of the rows that are held out; in parts where there is more than one.</summary>
    public Predictions Predict(
        HeldOutParts parts, Func<HeldOutPart, IEstimator<ITransformer>> estimatorOf, CancellationToken cancellation)
    {
        var probabilities = HeldOut.Predict(parts, part => FitAndScore(part, estimatorOf(part), cancellation), cancellation);
        return new Predictions(_moods, parts.OfHeld(Classes), probabilities, Groups is null ? null : parts.OfHeld(Groups),
            parts.Count > 1 ? parts.OfHeld(parts.PartOf) : null);
    }

    private IReadOnlyList<float[]> FitAndScore(HeldOutPart part, IEstimator<ITransformer> estimator, CancellationToken cancellation)
    {
        var scores = HeldOut.FitAndScore(part, estimator, Rows, Rows, Options.ScoreColumnName, cancellation);
        return scores.FirstOrDefault(row => row.Length != _moods.Length) is not { } other ? scores
            : throw new ArgumentException(
                $"The estimator's model writes {Plural.Of(other.Length, "score")} into '{Options.ScoreColumnName}'; "
                + $"expected {_moods.Length}, one for each class of '{Options.LabelColumnName}'. Make the label's keys before the "
                + "rows are split, so that every part knows all of them.");
    }

    private ResampledView Rows(IReadOnlyList<int> rows) => ResampledView.OfRows(_host, _data, Classes.Length, rows);
}
