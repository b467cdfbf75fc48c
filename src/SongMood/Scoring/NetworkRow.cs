using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>One row at a time, scored when a score is read: what a prediction engine moves on.</summary>
internal sealed class NetworkRow : WrappingRow
{
    private readonly NetworkMapper _mapper;
    private readonly NetworkRun? _run; // null where no score is asked for
    private readonly DataViewRow[] _rows = []; // where each input is read from
    private readonly ValueGetter<VBuffer<float>>[] _getFeatures = [];
    private readonly VBuffer<float>[] _features = [];
    private readonly int[] _lengths = [];
    private readonly float[] _score;
    private readonly float[] _embedding = []; // empty where it is not asked for
    private long _scored = -1;

    /// <param name="input">The row whose features are scored.</param>
    /// <param name="mapper">The network, bound to its columns.</param>
    /// <param name="scores">Whether anything that the network says is asked for.</param>
    /// <param name="withEmbedding">Whether its second output is, too.</param>
    public NetworkRow(DataViewRow input, NetworkMapper mapper, bool scores, bool withEmbedding) : base(input)
    {
        _mapper = mapper;
        _score = new float[mapper.Network.ClassCount];
        if (!scores)
            return;
        if (withEmbedding)
            _embedding = new float[mapper.Network.EmbeddingSize];
        _run = new NetworkRun(mapper.Network) { WithEmbedding = withEmbedding };
        _rows = [.. mapper.Features.Select(feature => feature.Over(input))];
        _getFeatures = [.. mapper.Features.Zip(_rows, (feature, row) => row.GetGetter<VBuffer<float>>(feature.Column))];
        _features = new VBuffer<float>[_rows.Length];
        _lengths = new int[_rows.Length];
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        _mapper.SourceOf(column) is { } source ? Input.IsColumnActive(source) : _run is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (_mapper.SourceOf(column) is { } source)
            return Input.GetGetter<TValue>(source);
        Delegate getter = column.Name switch
        {
            ScoreColumns.Score => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(_score, ref value)),
            ScoreColumns.Embedding => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(_embedding, ref value)),
            _ => (ValueGetter<uint>)GetKey,
        };
        return getter as ValueGetter<TValue> ?? throw new ArgumentException(
            $"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override void DisposeCore(bool disposing)
    {
        if (!disposing)
            return;
        _run?.Dispose();
        foreach (var row in _rows)
            row.Dispose();
    }

    private void Copy(float[] scored, ref VBuffer<float> value)
    {
        Score();
        var editor = VBufferEditor.Create(ref value, scored.Length);
        scored.CopyTo(editor.Values);
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
        for (var i = 0; i < _features.Length; i++)
        {
            _getFeatures[i](ref _features[i]);
            _mapper.CheckLength(i, _lengths[i] = _features[i].Length, Position);
        }
        _run.Prepare(1, _lengths);
        var finite = true;
        for (var i = 0; i < _features.Length; i++)
            finite &= NetworkMapper.TryFill(_features[i], _run.Input(i));
        if (finite)
        {
            _run.Run();
            _run.Probabilities(0).CopyTo(_score);
            if (_run.WithEmbedding)
                _run.Embedding(0).CopyTo(_embedding);
        }
        else
        {
            _score.AsSpan().Fill(float.NaN);
            _embedding.AsSpan().Fill(float.NaN);
        }
        _scored = Position;
    }
}
