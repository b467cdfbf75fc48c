using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Transforms;

namespace SongMood.Scoring;

/// <summary>
/// Reads rows ahead until they make a batch, scores them in one run (rows of equal length together), and hands them out one by one
/// in their order.
/// </summary>
internal sealed class BatchedCursor : RootCursorBase
{
    // Enough rows that the cost of a run is spread thin, few enough values that a batch of spectrograms stays a few megabytes.
    private const int MaxRows = 1024;
    private const int MaxValues = 1 << 20;

    private readonly DataViewRowCursor _input;
    private readonly NetworkMapper _mapper;
    private readonly bool[] _active;
    private readonly Dictionary<int, BufferedColumn> _columns = []; // by the input column's index
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly BatchScores? _scores;
    private readonly List<(DataViewRowId Id, long Batch)> _rows = [];
    private int _current = -1;
    private bool _inputEnded;

    public BatchedCursor(IHost host, DataViewRowCursor input, NetworkMapper mapper, DataViewSchema.Column[] needed) : base(host)
    {
        _input = input;
        _mapper = mapper;
        _getId = input.GetIdGetter();
        _active = new bool[mapper.OutputSchema.Count];
        foreach (var column in needed)
        {
            _active[column.Index] = true;
            if (mapper.SourceOf(column) is { } source)
                _columns.TryAdd(source.Index, BufferedColumn.Over(input, source));
        }
        var added = needed.Where(column => mapper.SourceOf(column) is null).ToArray();
        if (added.Length > 0)
            _scores = new BatchScores(mapper, input, _columns, withEmbedding: added.Any(column => column.Name == ScoreColumns.Embedding));
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Batch => _rows[_current].Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _rows[_current].Id;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentException($"The column '{column.Name}' was not asked for when the cursor was opened.");
        var getter = _mapper.SourceOf(column) is { } source ? _columns[source.Index].Getter(() => _current)
            : column.Name == ScoreColumns.Score
                ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(_scores!.Score(_current), ref value))
            : column.Name == ScoreColumns.Embedding
                ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Copy(_scores!.Embedding(_current), ref value))
            : (ValueGetter<uint>)((ref uint value) => value = ScoreColumns.KeyOf(_scores!.Score(_current)));
        return getter as ValueGetter<TValue> ?? throw new ArgumentException(
            $"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        if (++_current < _rows.Count)
            return true;
        CursorErrors.Read(ReadBatch);
        _current = 0;
        return _rows.Count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _scores?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private void ReadBatch()
    {
        _rows.Clear();
        // Nothing to score: no reason to read ahead.
        var maxRows = _scores is null ? 1 : MaxRows;
        for (var values = 0L; !_inputEnded && _rows.Count < maxRows && values < MaxValues;)
        {
            if (!_input.MoveNext())
            {
                _inputEnded = true;
                break;
            }
            DataViewRowId id = default;
            _getId(ref id);
            foreach (var column in _columns.Values)
                column.Keep(_rows.Count);
            if (_scores is not null)
                values += _scores.Keep(_rows.Count, _input.Position);
            _rows.Add((id, _input.Batch));
        }
        _scores?.Run(_rows.Count);
    }

    private static void Copy(ReadOnlySpan<float> from, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, from.Length);
        from.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
