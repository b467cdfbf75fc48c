using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Training;

/// <summary>A column whose equal values belong together, read as numbers from 0.</summary>
internal static class GroupColumn
{
    public static Func<int> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            throw new ArgumentException(
                $"The group column '{column.Name}' is {column.Type}, but one value a row is needed: text, a key or a number.");
        return (Func<int>)typeof(GroupColumn).GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;
    }

    private static Func<int> Typed<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        var numbers = new Dictionary<object, int>();
        return () =>
        {
            T value = default!;
            get(ref value);
            // Text is a slice of memory, equal only to itself: compare what it says.
            var key = value is ReadOnlyMemory<char> text ? text.ToString() : (object)value!;
            if (!numbers.TryGetValue(key, out var number))
                numbers.Add(key, number = numbers.Count);
            return number;
        };
    }
}
