using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>
/// A network bound to a schema: the columns it adds, what they depend on, and the scoring of one row, which is what a
/// prediction engine asks for.
/// </summary>
internal sealed class NetworkMapper : IRowToRowMapper
{
    private readonly ColumnBindings _bindings;

    public NetworkMapper(NetworkPredictionTransformer transformer, DataViewSchema input)
    {
        Network = transformer.Model.Network;
        Features = FeatureColumn.Find(input, transformer.FeatureColumnName, "feature", "the trainer's feature column option");
        FeatureColumn.CheckScorable(Features, Network.Input);
        _bindings = new ColumnBindings(input, transformer.AddedColumns(input));
    }

    public OnnxNetwork Network { get; }

    public DataViewSchema.Column Features { get; }

    public DataViewSchema InputSchema => _bindings.InputSchema;

    public DataViewSchema OutputSchema => _bindings.Schema;

    /// <summary>The input column that an output column is, or null where the network adds it.</summary>
    public DataViewSchema.Column? SourceOf(DataViewSchema.Column output)
    {
        var index = _bindings.MapColumnIndex(out var isSource, output.Index);
        return isSource ? InputSchema[index] : null;
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Select(column => SourceOf(column) ?? Features).DistinctBy(column => column.Index);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new Row(input, this, activeColumns.Any(column => SourceOf(column) is null));

    /// <summary>Copies a row's features to the network's input. Returns false where one is NaN or infinite.</summary>
    public static bool TryFill(in VBuffer<float> features, Span<float> input)
    {
        features.CopyTo(input);
        return Finite.All(input);
    }

    public string Refuse(long position, int length) =>
        $"Row {position}: the feature column '{Features.Name}' has {length} values, but the network was trained on {Network.Input}.";

    private sealed class Row(DataViewRow input, NetworkMapper mapper, bool scores) : WrappingRow(input)
    {
        private readonly NetworkRun? _run = scores ? new NetworkRun(mapper.Network) : null;
        private readonly ValueGetter<VBuffer<float>>? _getFeatures = scores ? input.GetGetter<VBuffer<float>>(mapper.Features) : null;
        private readonly float[] _score = new float[mapper.Network.ClassCount];
        private VBuffer<float> _features;
        private long _scored = -1;

        public override DataViewSchema Schema => mapper.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            mapper.SourceOf(column) is { } source ? Input.IsColumnActive(source) : _run is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (mapper.SourceOf(column) is { } source)
                return Input.GetGetter<TValue>(source);
            Delegate getter = column.Name == ScoreColumns.Score ? (ValueGetter<VBuffer<float>>)GetScore : (ValueGetter<uint>)GetKey;
            return getter as ValueGetter<TValue> ?? throw new ArgumentException(
                $"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
        }

        protected override void DisposeCore(bool disposing)
        {
            if (disposing)
                _run?.Dispose();
        }

        private void GetScore(ref VBuffer<float> value)
        {
            Score();
            var editor = VBufferEditor.Create(ref value, _score.Length);
            _score.CopyTo(editor.Values);
            value = editor.Commit();
        }

        private void GetKey(ref uint value)
        {
            Score();
            value = ScoreColumns.KeyOf(_score);
        }

        private void Score()
        {
            if (_run is null)
                throw new InvalidOperationException("The score columns of this row were not asked for when it was opened.");
            // Both columns are read from one run; a prediction engine's row moves on by its position.
            if (_scored == Position && Position >= 0)
                return;
            _getFeatures!(ref _features);
            if (!mapper.Network.Input.Accepts(_features.Length))
                throw new InvalidOperationException(mapper.Refuse(Position, _features.Length));
            if (TryFill(_features, _run.Prepare(1, _features.Length)))
            {
                _run.Run();
                _run.Probabilities(0).CopyTo(_score);
            }
            else
            {
                _score.AsSpan().Fill(float.NaN);
            }
            _scored = Position;
        }
    }
}
