using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

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
    private readonly BufferedColumn<VBuffer<float>>? _features;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly NetworkRun? _run;
    private readonly List<(DataViewRowId Id, long Batch)> _rows = [];
    private float[] _scores = [];
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
            else
                _run ??= new NetworkRun(mapper.Network);
        }
        if (_run is not null)
        {
            _columns.TryAdd(mapper.Features.Index, BufferedColumn.Over(input, mapper.Features));
            _features = (BufferedColumn<VBuffer<float>>)_columns[mapper.Features.Index];
        }
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
            : column.Name == ScoreColumns.Score ? (ValueGetter<VBuffer<float>>)GetScore
            : (ValueGetter<uint>)GetKey;
        return getter as ValueGetter<TValue> ?? throw new ArgumentException(
            $"The column '{column.Name}' is {column.Type}; it cannot be read as {typeof(TValue)}.");
    }

    protected override bool MoveNextCore()
    {
        if (++_current < _rows.Count)
            return true;
        ReadBatch();
        _current = 0;
        return _rows.Count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run?.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private void GetScore(ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, _mapper.Network.ClassCount);
        ScoreOf(_current).CopyTo(editor.Values);
        value = editor.Commit();
    }

    private void GetKey(ref uint value) => value = ScoreColumns.KeyOf(ScoreOf(_current));

    private Span<float> ScoreOf(int row) => _scores.AsSpan(row * _mapper.Network.ClassCount, _mapper.Network.ClassCount);

    private void ReadBatch()
    {
        _rows.Clear();
        // Nothing to score: no reason to read ahead.
        var maxRows = _run is null ? 1 : MaxRows;
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
            if (_features is not null)
                values += CheckedLength(_rows.Count);
            _rows.Add((id, _input.Batch));
        }
        if (_run is not null)
            ScoreRows();
    }

    private int CheckedLength(int slot)
    {
        var length = _features![slot].Length;
        return _mapper.Network.Input.Accepts(length) ? length : throw new InvalidOperationException(_mapper.Refuse(_input.Position, length));
    }

    private void ScoreRows()
    {
        if (_scores.Length < _rows.Count * _mapper.Network.ClassCount)
            _scores = new float[_rows.Count * _mapper.Network.ClassCount];
        foreach (var equal in Enumerable.Range(0, _rows.Count).GroupBy(row => _features![row].Length))
            ScoreEqual([.. equal], equal.Key);
    }

    private void ScoreEqual(int[] rows, int length)
    {
        var input = _run!.Prepare(rows.Length, length);
        var finite = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var slot = input.Slice(i * length, length);
            finite[i] = NetworkMapper.TryFill(_features![rows[i]], slot);
            if (!finite[i])
                slot.Clear();
        }
        _run.Run();
        for (var i = 0; i < rows.Length; i++)
            if (finite[i])
                _run.Probabilities(i).CopyTo(ScoreOf(rows[i]));
            else
                ScoreOf(rows[i]).Fill(float.NaN);
    }
}
