namespace SongMood;

/// <summary>The suffix of an output's name says its format.</summary>
internal static class OutputSuffix
{
    /// <summary>The one of <paramref name="known"/> that the name has.</summary>
    /// <exception cref="ArgumentException">It has another, or none.</exception>
    public static string Check(string path, params string[] known)
    {
        var suffix = Path.GetExtension(path);
        return Array.Find(known, one => one.Equals(suffix, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{path} ends with '{suffix}'; expected {string.Join(" or ", known)}, which says what to write.");
    }
}
