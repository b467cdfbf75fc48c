using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>The values of one input column over the rows of a batch: the cursor below has moved on by the time they are read.</summary>
internal abstract class BufferedColumn
{
    public static BufferedColumn Over(DataViewRow row, DataViewSchema.Column column) => (BufferedColumn)Activator.CreateInstance(
        typeof(BufferedColumn<>).MakeGenericType(column.Type.RawType), row, column)!;

    /// <summary>Copies the current row's value to a slot.</summary>
    public abstract void Keep(int slot);

    /// <summary>A getter of the value in the slot that <paramref name="current"/> names.</summary>
    public abstract Delegate Getter(Func<int> current);
}

/// <inheritdoc/>
internal sealed class BufferedColumn<T>(DataViewRow row, DataViewSchema.Column column) : BufferedColumn
{
    private readonly ValueGetter<T> _get = row.GetGetter<T>(column);
    private T?[] _values = new T[1];

    public ref T? this[int slot] => ref _values[slot];

    public override void Keep(int slot)
    {
        if (slot >= _values.Length)
            Array.Resize(ref _values, 2 * slot + 1);
        _get(ref _values[slot]!);
    }

    public override Delegate Getter(Func<int> current)
    {
        // A vector's buffer belongs to its slot, so a reader gets a copy; ML.NET's other values are plain or immutable.
        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>))
            return (Delegate)typeof(BufferedColumn<T>)
                .GetMethod(nameof(VectorGetter), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(typeof(T).GetGenericArguments()).Invoke(this, [current])!;
        return (ValueGetter<T>)((ref T value) => value = _values[current()]!);
    }

    private ValueGetter<VBuffer<TItem>> VectorGetter<TItem>(Func<int> current)
    {
        var self = (BufferedColumn<VBuffer<TItem>>)(object)this;
        return (ref VBuffer<TItem> value) => self._values[current()].CopyTo(ref value);
    }
}
