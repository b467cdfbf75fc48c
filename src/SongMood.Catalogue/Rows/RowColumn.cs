using Parquet;
using Parquet.Schema;

namespace SongMood.Catalogue;

/// <summary>A column of a Parquet file: how a row's value gets into it, and back.</summary>
internal abstract class RowColumn
{
    /// <summary>As it stands in the schema.</summary>
    public abstract Field Field { get; }

    public abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation);

    /// <summary>Sets the values of rows that are as many as the group's.</summary>
    public abstract Task ReadAsync(ParquetRowGroupReader group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation);

    /// <summary>A column of one value a row, which may be null.</summary>
    public static RowColumn Of<T>(string name, Func<CatalogueRow, T?> get, Action<CatalogueRow, T>? set) where T : struct =>
        new ValueColumn<T>(new DataField<T?>(name), get, set);

    public static RowColumn OfText(string name, Func<CatalogueRow, string?> get, Action<CatalogueRow, string>? set,
        bool isNullable = true) => new ValueColumn<ReadOnlyMemory<char>>(new DataField<string>(name, isNullable),
            row => get(row)?.AsMemory(), set is null ? null : (row, text) => set(row, text.ToString()));

    /// <summary>A column of times in UTC, to the nanosecond.</summary>
    public static RowColumn OfTime(string name, Func<CatalogueRow, DateTime?> get, Action<CatalogueRow, DateTime> set) =>
        new ValueColumn<DateTime>(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Nanos,
            isNullable: true), get, set);

    /// <summary>A column of lists, which may be null.</summary>
    public static RowColumn OfNumbers(string name, Func<CatalogueRow, float[]?> get, Action<CatalogueRow, float[]> set) =>
        new ListColumn<float, float>(name, new DataField<float>(ElementName, false), get, set, value => value, value => value);

    /// <inheritdoc cref="OfNumbers"/>
    public static RowColumn OfTexts(string name, Func<CatalogueRow, string[]?> get, Action<CatalogueRow, string[]> set) =>
        new ListColumn<string, ReadOnlyMemory<char>>(name, new DataField<string>(ElementName, false), get, set,
            text => text.AsMemory(), text => text.ToString());

    private const string ElementName = "element"; // as the format's specification has it (LogicalTypes.md, Lists)

    private sealed class ValueColumn<T>(DataField data, Func<CatalogueRow, T?> get, Action<CatalogueRow, T>? set) : RowColumn
        where T : struct
    {
        public override Field Field => data;

        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation)
        {
            var values = rows.Select(get).ToArray();
            ReadOnlyMemory<int>? levels = null; // a null array would be taken for an empty one
            if (data.IsNullable)
                levels = Array.ConvertAll(values, value => value is null ? 0 : 1);
            return group.WriteAllPartsAsync<T>(data, values.OfType<T>().ToArray(), levels, null, cancellation);
        }

        public override async Task ReadAsync(
            ParquetRowGroupReader group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation)
        {
            if (set is null)
                return;
            var (values, levels) = (new T[rows.Count], new int[rows.Count]);
            if (!data.IsNullable)
                Array.Fill(levels, 1);
            await group.ReadRawAsync<T>(data, values, data.IsNullable ? levels : default(Memory<int>?), null, cancellation)
                .ConfigureAwait(false);
            var next = 0; // the values that are there stand without gaps
            for (var row = 0; row < rows.Count; row++)
                if (levels[row] == 1)
                    set(rows[row], values[next++]);
        }
    }

    /// <summary>A list is null at level 0, empty at level 1, and has an element at level 2.</summary>
    private sealed class ListColumn<T, TStored>(string name, DataField element, Func<CatalogueRow, T[]?> get,
        Action<CatalogueRow, T[]> set, Func<T, TStored> store, Func<TStored, T> load) : RowColumn where TStored : struct
    {
        public override Field Field { get; } = new ListField(name, element);

        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation)
        {
            var (values, levels, repetitions) = (new List<TStored>(), new List<int>(), new List<int>());
            foreach (var list in rows.Select(get))
            {
                if (list is not { Length: > 0 })
                {
                    levels.Add(list is null ? 0 : 1);
                    repetitions.Add(0);
                    continue;
                }
                values.AddRange(list.Select(store));
                levels.AddRange(Enumerable.Repeat(2, list.Length));
                repetitions.Add(0);
                repetitions.AddRange(Enumerable.Repeat(1, list.Length - 1));
            }
            return group.WriteAllPartsAsync<TStored>(element, values.ToArray(), levels.ToArray(), repetitions.ToArray(), cancellation);
        }

        public override async Task ReadAsync(
            ParquetRowGroupReader group, IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation)
        {
            var count = checked((int)group.GetMetadata(element)!.MetaData!.NumValues);
            var (values, levels, repetitions) = (new TStored[count], new int[count], new int[count]);
            await group.ReadRawAsync<TStored>(element, values, levels, repetitions, cancellation).ConfigureAwait(false);
            var (row, next) = (0, 0);
            for (var start = 0; start < count; row++)
            {
                var end = start + 1;
                while (end < count && repetitions[end] == 1)
                    end++;
                if (levels[start] > 0)
                {
                    var length = levels[start] == 2 ? end - start : 0;
                    set(rows[row], Array.ConvertAll(values[next..(next + length)], value => load(value)));
                    next += length;
                }
                start = end;
            }
        }
    }
}
