using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms;

/// <summary>Names a row in an error, and finds our error again where ML.NET's parallel cursors wrapped it.</summary>
internal static class CursorErrors
{
    /// <summary>The row's number in the source, from 0, which filtering, shuffling and parallel cursors keep.</summary>
    public static string Name(ValueGetter<DataViewRowId> getId)
    {
        DataViewRowId id = default;
        getId(ref id);
        return id.High == 0 ? $"{id.Low}" : $"{id}";
    }

    /// <summary>
    /// The error below ML.NET's "Splitter/consolidator worker encountered exception while consuming source data", which says
    /// nothing to a user; null where <paramref name="thrown"/> is no such wrapper.
    /// </summary>
    public static Exception? Find(Exception thrown) =>
        thrown is InvalidOperationException { InnerException: { } inner }
        && thrown.Message.StartsWith("Splitter/consolidator", StringComparison.Ordinal) ? inner : null;
}
