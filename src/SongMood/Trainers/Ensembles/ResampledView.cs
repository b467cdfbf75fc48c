using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Trainers;

/// <summary>Some rows of a data view, or some of them several times: folds and bootstrap samples without a copy.</summary>
/// <param name="host">ML.NET's.</param>
/// <param name="source">The rows, which must come in one order whenever they are read.</param>
/// <param name="counts">How often each row comes.</param>
internal sealed class ResampledView(IHost host, IDataView source, int[] counts) : IDataView
{
    /// <summary>Some rows, each of them once.</summary>
    /// <param name="host">ML.NET's.</param>
    /// <param name="source">All rows.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="rows">Those that are wanted, from 0.</param>
    public static ResampledView OfRows(IHost host, IDataView source, int rowCount, IEnumerable<int> rows)
    {
        var counts = new int[rowCount];
        foreach (var row in rows)
            counts[row] = 1;
        return new ResampledView(host, source, counts);
    }

    public DataViewSchema Schema => source.Schema;

    /// <summary>Rows are told by their place.</summary>
    public bool CanShuffle => false;

    public long? GetRowCount() => counts.Sum(count => (long)count);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(host, source.GetRowCursor(columnsNeeded), counts);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(IHost host, DataViewRowCursor input, int[] counts) : RootCursorBase(host)
    {
        private readonly ValueGetter<DataViewRowId> _getId = input.GetIdGetter();
        private int _copy; // of the row at hand, from 0

        public override DataViewSchema Schema => input.Schema;

        public override long Batch => 0; // rows come in order

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        /// <summary>The row's own, which errors name; copies of it get others.</summary>
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
        {
            _getId(ref value);
            if (_copy > 0)
                value = value.Combine(new DataViewRowId((ulong)_copy, 1));
        };

        protected override bool MoveNextCore()
        {
            if (input.Position >= 0 && ++_copy < counts[input.Position])
                return true;
            _copy = 0;
            while (input.MoveNext())
                if (counts[input.Position] > 0)
                    return true;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
