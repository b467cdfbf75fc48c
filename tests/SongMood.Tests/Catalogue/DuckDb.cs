using DuckDB.NET.Data;

namespace SongMood.Tests.Catalogue;

/// <summary>Another program that reads Parquet.</summary>
internal static class DuckDb
{
    /// <summary>The rows of an answer; what is NULL there is null.</summary>
    public static List<object?[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }
}
