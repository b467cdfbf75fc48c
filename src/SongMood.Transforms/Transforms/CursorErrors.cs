using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Transforms;

/// <summary>Names a row in an error, and finds errors again that ML.NET wrapped.</summary>
internal static class CursorErrors
{
    /// <summary>
    /// How the messages of ML.NET's wrappers begin, which say nothing to a user: of cursors that run side by side
    /// (<c>DataViewUtils.Splitter</c>), and of a cache that is being filled (<c>OrderedWaiter</c>).
    /// </summary>
    private static readonly string[] Wrappers = ["Splitter/consolidator worker", "Event we were waiting on"];

    public static DataViewRowId IdOf(ValueGetter<DataViewRowId> getId)
    {
        DataViewRowId id = default;
        getId(ref id);
        return id;
    }

    /// <summary>The row's number in the source, from 0, which filtering, shuffling and parallel cursors keep.</summary>
    public static string Name(DataViewRowId id) => id.High == 0 ? $"{id.Low}" : $"{id}";

    /// <summary>The error below ML.NET's wrappers; the same error where there is none around it.</summary>
    public static Exception Unwrap(Exception thrown)
    {
        while (thrown is InvalidOperationException { InnerException: { } inner }
            && Array.Exists(Wrappers, start => thrown.Message.StartsWith(start, StringComparison.Ordinal)))
            thrown = inner;
        return thrown;
    }

    /// <inheritdoc cref="Read{T}"/>
    public static void Read(Action read) => Read(() =>
    {
        read();
        return true;
    });

    /// <summary>Reads rows, and throws what went wrong with them without ML.NET's wrappers.</summary>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e) when (IsWrapper(e, out var cause))
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private static bool IsWrapper(Exception thrown, out Exception cause) => (cause = Unwrap(thrown)) != thrown;
}
