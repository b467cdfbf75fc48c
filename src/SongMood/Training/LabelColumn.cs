using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Training;

/// <summary>The label: ML.NET's key type, 1 for the first class and 0 for a missing one.</summary>
internal static class LabelColumn
{
    public static int ClassCount(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType key)
            throw new ArgumentException($"The label column '{label.Name}' is {label.Type}, but a key is needed: put "
                + $"Transforms.Conversion.MapValueToKey(\"{label.Name}\") before the trainer.");
        if (key.Count is < 2 or > int.MaxValue)
            throw new ArgumentException(
                $"The label column '{label.Name}' has {Plural.Of((long)key.Count, "class", "classes")}; sorting into classes takes at "
                + "least 2.");
        return (int)key.Count;
    }

    public static Func<long> Reader(DataViewRow row, DataViewSchema.Column label) => label.Type.RawType switch
    {
        var type when type == typeof(byte) => Reader(row.GetGetter<byte>(label), value => value),
        var type when type == typeof(ushort) => Reader(row.GetGetter<ushort>(label), value => value),
        var type when type == typeof(uint) => Reader(row.GetGetter<uint>(label), value => value),
        _ => Reader(row.GetGetter<ulong>(label), value => (long)value),
    };

    private static Func<long> Reader<T>(ValueGetter<T> get, Func<T, long> widen) => () =>
    {
        T value = default!;
        get(ref value);
        return widen(value);
    };
}
