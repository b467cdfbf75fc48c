using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Scoring;
using TorchSharp;

namespace SongMood.Training;

/// <summary>Reads a data view's columns once into <see cref="TrainingData"/>, and refuses what cannot be learned from.</summary>
internal sealed class DataReader(NetworkOptions options, bool wantsSequence, IChannel channel)
{
    /// <param name="view">The rows.</param>
    /// <param name="part">What they are, for messages.</param>
    /// <param name="device">Where batches are wanted.</param>
    /// <param name="withGroups">Whether they will be split: the group column need not be there otherwise.</param>
    public TrainingData Read(IDataView view, string part, torch.Device device, bool withGroups)
    {
        var features = FeatureColumn.Find(view.Schema, options.FeatureColumnName, "feature", nameof(options.FeatureColumnName));
        var label = FeatureColumn.Find(view.Schema, options.LabelColumnName, "label", nameof(options.LabelColumnName));
        var shape = FeatureColumn.ShapeOf(features, wantsSequence);
        var classCount = LabelColumn.ClassCount(label);
        var weight = FindOptional(view.Schema, options.ExampleWeightColumnName, nameof(options.ExampleWeightColumnName));
        if (weight is { } column && column.Type != NumberDataViewType.Single)
            throw new ArgumentException($"The weight column '{column.Name}' is {column.Type}, but Single is needed.");
        var groupName = withGroups ? options.ValidationGroupColumnName : null;
        var group = FindOptional(view.Schema, groupName, nameof(options.ValidationGroupColumnName));

        DataViewSchema.Column?[] wanted = [features, label, weight, group];
        using var cursor = view.GetRowCursor(wanted.OfType<DataViewSchema.Column>());
        var getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        var getLabel = LabelColumn.Reader(cursor, label);
        var getWeight = weight is null ? null : cursor.GetGetter<float>(weight.Value);
        var getGroup = group is null ? null : GroupColumn.Reader(cursor, group.Value);

        var values = new FloatList();
        var (lengths, labels, weights, groups) = (new List<int>(), new List<long>(), new List<float>(), new List<string?>());
        VBuffer<float> buffer = default;
        long unlabelled = 0;
        while (cursor.MoveNext())
        {
            options.CancellationToken.ThrowIfCancellationRequested(); // what comes before the trainer may decode a song a row
            var key = getLabel();
            if (key == 0)
            {
                unlabelled++;
                continue;
            }
            getFeatures(ref buffer);
            if (!shape.Accepts(buffer.Length))
                throw new ArgumentException($"Row {cursor.Position} of the {part}: the feature column '{features.Name}' has "
                    + $"{Plural.Of(buffer.Length, "value")}, not {shape}.");
            var row = values.Add(buffer.Length);
            buffer.CopyTo(row);
            if (Finite.FirstNot(row) is >= 0 and var bad)
                throw new ArgumentException(FormattableString.Invariant(
                        $"Row {cursor.Position} of the {part}: value {bad} of the feature column '{features.Name}' is {row[bad]}. ")
                    + "Replace such values (ReplaceMissingValues) or leave out such rows (FilterRowsByMissingValues) before training.");
            if (getWeight is not null)
                weights.Add(ReadWeight(getWeight, weight!.Value.Name, cursor.Position, part));
            if (getGroup is not null)
                groups.Add(getGroup());
            lengths.Add(buffer.Length);
            labels.Add(key - 1);
        }
        if (unlabelled > 0)
            channel.Warning($"{unlabelled} rows of the {part} have no label in '{label.Name}' and are left out.");
        if (labels.Count == 0)
            throw new ArgumentException($"The {part} has no row{(unlabelled > 0 ? " with a label" : "")}: there is nothing to learn from.");
        return new TrainingData(shape, classCount, values.Items, [.. lengths], [.. labels],
            getWeight is null ? null : [.. weights], getGroup is null ? null : [.. groups], device);
    }

    private static float ReadWeight(ValueGetter<float> get, string column, long position, string part)
    {
        var value = 0f;
        get(ref value);
        return value >= 0 && float.IsFinite(value) ? value : throw new ArgumentException(
            FormattableString.Invariant($"Row {position} of the {part}: the weight in '{column}' is {value}, ")
            + "expected a number that is not negative.");
    }

    private static DataViewSchema.Column? FindOptional(DataViewSchema schema, string? name, string option) =>
        name is null ? null : FeatureColumn.Find(schema, name, "named", option);

    /// <summary>A list of floats whose array is taken over as it is, to avoid a second copy of what may be most of the memory.</summary>
    private sealed class FloatList
    {
        private long _count;

        public float[] Items { get; private set; } = [];

        public Span<float> Add(int length)
        {
            if (_count + length > Array.MaxLength)
                throw new ArgumentException(
                    $"The training data has more than {Array.MaxLength} values, which is more than is held at once. "
                    + "Pool frames (PoolFrames) or shorten the clips (FixLength) before training.");
            if (_count + length > Items.Length)
            {
                var capacity = Math.Min(Array.MaxLength, Math.Max(_count + length, _count + _count / 2));
                var larger = GC.AllocateUninitializedArray<float>((int)capacity);
                Items.AsSpan(0, (int)_count).CopyTo(larger);
                Items = larger;
            }
            var added = Items.AsSpan((int)_count, length);
            _count += length;
            return added;
        }
    }
}
