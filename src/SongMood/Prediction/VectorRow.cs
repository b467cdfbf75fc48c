using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Prediction;

/// <summary>
/// One row as some steps of a model see it: a few columns, vectors of Single or one Single each, are set from outside, and every other
/// one is never read. It makes a <see cref="PredictionEngine{TSrc,TDst}"/> unnecessary, which would ask for a value of every column the
/// model was trained with.
/// </summary>
internal sealed class VectorRow(DataViewSchema schema, params DataViewSchema.Column[] columns) : DataViewRow
{
    private readonly VBuffer<float>[] _values = new VBuffer<float>[columns.Length];
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    /// <summary>A new one for each song: transformers with several outputs keep what they computed for a position.</summary>
    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Moves on; the first column's values are to be written to what is returned.</summary>
    public ref VBuffer<float> Next()
    {
        _position++;
        return ref _values[0];
    }

    /// <summary>The values of one of the columns that are set, in the order in which they were given.</summary>
    public ref VBuffer<float> this[int column] => ref _values[column];

    public override bool IsColumnActive(DataViewSchema.Column column) => IndexOf(column) >= 0;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var index = IndexOf(column);
        if (index < 0)
            throw new InvalidOperationException(
                $"Column '{column.Name}' is not there: only '{string.Join("', '", columns.Select(known => known.Name))}' is.");
        ValueGetter<VBuffer<float>> vector = (ref VBuffer<float> value) => _values[index].CopyTo(ref value);
        ValueGetter<float> single = (ref float value) => value = _values[index].GetItemOrDefault(0);
        return (columns[index].Type is VectorDataViewType ? vector : (Delegate)single) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {columns[index].Type}, not {typeof(TValue)}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    private int IndexOf(DataViewSchema.Column column) => Array.FindIndex(columns, known => known.Index == column.Index);
}
