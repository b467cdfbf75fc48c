using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>
/// A model taken apart at its features: what computes the descriptors, or the mel spectrogram, and what scores them. Groups of features
/// can be changed in between.
/// </summary>
internal sealed class Explainer : IDisposable
{
    private readonly VectorRow _waveform, _features;
    private readonly DataViewRow _front, _head;
    private readonly ValueGetter<VBuffer<float>>[] _getFeatures;
    private readonly ValueGetter<VBuffer<float>> _getScores;
    private readonly FeatureGroup[] _groups;
    private readonly int _columnCount;
    private VBuffer<float> _scores;

    private Explainer(IRowToRowMapper front, DataViewSchema.Column waveform, IRowToRowMapper head, DataViewSchema.Column score,
        DataViewSchema.Column[] columns, FeatureGroup[] groups)
    {
        (_groups, _columnCount) = (groups, columns.Length);
        _waveform = new VectorRow(front.InputSchema, waveform);
        _front = front.GetRow(_waveform, columns);
        _getFeatures = [.. columns.Select(column => _front.GetGetter<VBuffer<float>>(column))];
        _features = new VectorRow(head.InputSchema, columns);
        _head = head.GetRow(_features, [score]);
        _getScores = _head.GetGetter<VBuffer<float>>(score);
    }

    /// <summary>Null where the model has no such features, or its scores need more than these.</summary>
    public static Explainer? Create(MoodModel model)
    {
        var steps = model.Steps;
        var decoderAt = Array.FindIndex(steps, step => step is LoadAudioTransformer);
        var at = Array.FindIndex(steps, decoderAt + 1, step => step is MusicDescriptorsTransformer);
        if (at < 0)
            at = Array.FindIndex(steps, decoderAt + 1, step => step is MelSpectrogramTransformer);
        if (at < 0)
            return null;
        var (decoder, decoded, front) = PipelineSteps.FromDecoder(steps[..(at + 1)], model.InputSchema)!.Value;
        var head = PipelineSteps.AsOne(steps[(at + 1)..]).GetRowToRowMapper(front.OutputSchema);
        if (!MoodModel.TryGetMoods(head.OutputSchema, out var score, out _))
            return null;
        var step = (ColumnTransformer)steps[at];
        DataViewSchema.Column[] columns = [.. new[] { step.OutputColumnName, step.SecondColumnName }.OfType<string>()
            .Select(name => front.OutputSchema[name])];
        if (!head.GetDependencies([score]).All(needed => columns.Any(column => column.Index == needed.Index)))
            return null;
        FeatureGroup[] groups = [.. columns.Index().SelectMany(column => Groups(column.Index, column.Item, model.Notes.Medians))];
        return groups.Length == 0 ? null
            : new Explainer(front, decoded[decoder.OutputColumnName], head, score, columns, groups);
    }

    /// <summary>The scores of a waveform, and those that it has when each of the groups is usual.</summary>
    public (float[] Scores, (string Group, float[] Scores)[] Without) Explain(VBuffer<float> waveform)
    {
        _waveform.Next() = waveform;
        var features = new VBuffer<float>[_columnCount];
        for (var column = 0; column < features.Length; column++)
            _getFeatures[column](ref features[column]);
        return (Score(features), [.. _groups.Select(group => (group.Name, Score(Usual(features, group))))]);
    }

    public void Dispose()
    {
        _front.Dispose();
        _head.Dispose();
    }

    private static IEnumerable<FeatureGroup> Groups(int index, DataViewSchema.Column column, IReadOnlyDictionary<string, float>? medians)
    {
        var form = ColumnForm.Of(column);
        return form.IsSpectrogram ? FeatureGroup.OfBands(index, form.BandCount)
            : medians is null ? [] : FeatureGroup.OfDescriptors(index, ColumnNames.OfSlots(column), medians);
    }

    private static VBuffer<float>[] Usual(VBuffer<float>[] features, FeatureGroup group)
    {
        float[] values = [.. features[group.Column].DenseValues()];
        group.MakeUsual(values);
        var changed = (VBuffer<float>[])features.Clone();
        changed[group.Column] = new VBuffer<float>(values.Length, values);
        return changed;
    }

    private float[] Score(VBuffer<float>[] features)
    {
        _features.Next();
        for (var column = 0; column < features.Length; column++)
            _features[column] = features[column];
        _getScores(ref _scores);
        return [.. _scores.DenseValues()];
    }
}
