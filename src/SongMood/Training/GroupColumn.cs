using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;

namespace SongMood.Training;

/// <summary>A column that names each row's group, such as its artist, as <see cref="Evaluation.GroupName"/> compares them.</summary>
internal static class GroupColumn
{
    /// <summary>Reads the group of the row at hand: text as it is, a key as the text that it stands for, a number in figures. Null where
    /// there is none: a missing key or NaN; the text may be blank, which is none, too.</summary>
    public static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            throw new ArgumentException(
                $"The group column '{column.Name}' is {column.Type}, but one value a row is needed: text, a key or a number.");
        if (column.Type is KeyDataViewType)
            return Keys(row, column);
        return (Func<string?>)typeof(GroupColumn).GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;
    }

    private static Func<string?> Keys(DataViewRow row, DataViewSchema.Column column)
    {
        var key = LabelColumn.Reader(row, column);
        var names = LabelNames.Of(column).Texts();
        return () => key() switch
        {
            0 => null,
            var value when names is null => value.ToString(CultureInfo.InvariantCulture),
            var value => names[value - 1],
        };
    }

    private static Func<string?> Typed<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            get(ref value);
            return value switch
            {
                float.NaN or double.NaN => null,
                0f or 0d => "0", // which -0 equals, but does not print as
                DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture), // to the last tick
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value?.ToString(),
            };
        };
    }
}
