namespace SongMood.Catalogue;

/// <summary>The names of results: what they end with says what is in them.</summary>
internal static class ResultName
{
    private static readonly (string Suffix, string Format)[] Known =
        [(".parquet", "parquet"), (".jsonl", "json"), (".json", "json"), (".csv", "csv")];

    /// <summary>The format of a file of predictions.</summary>
    /// <exception cref="ArgumentException">It has another name.</exception>
    public static string FormatOf(string path)
    {
        var suffix = OutputSuffix.Check(path, [.. Known.Select(known => known.Suffix)]);
        return Known.First(known => known.Suffix == suffix).Format;
    }

    /// <summary>The format of a file of features to learn from: csv, parquet, or else ML.NET's own, idv.</summary>
    public static string FeatureFormatOf(string path) =>
        IsParquet(path) ? "parquet" : string.Equals(Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "idv";

    public static bool IsParquet(string? path) =>
        string.Equals(Path.GetExtension(path), Known[0].Suffix, StringComparison.OrdinalIgnoreCase);
}
