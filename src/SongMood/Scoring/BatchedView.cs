using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Scoring;

/// <summary>A data view with the network's columns, whose cursors score rows in batches.</summary>
internal sealed class BatchedView(IHost host, IDataView source, NetworkMapper mapper) : IDataView
{
    public DataViewSchema Schema => mapper.OutputSchema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.ToArray();
        return Wrap(source.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var needed = columnsNeeded.ToArray();
        return [.. source.GetRowCursorSet(mapper.GetDependencies(needed), n, rand).Select(cursor => Wrap(cursor, needed))];
    }

    private DataViewRowCursor Wrap(DataViewRowCursor input, DataViewSchema.Column[] needed) =>
        new BatchedCursor(host, input, mapper, needed);
}
