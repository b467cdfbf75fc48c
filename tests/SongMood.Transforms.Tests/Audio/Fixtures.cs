namespace SongMood.Transforms.Tests.Audio;

/// <summary>The files that Fixtures/lossless/make.sh made.</summary>
internal static class Fixtures
{
    public static string PathOfLossless(string name) => Path.Combine(FixtureSignal.PathOf("lossless"), name);

    /// <summary>Those of a format: "flac" or "aiff".</summary>
    public static IEnumerable<string> Lossless(string format)
    {
        string[] suffixes = format == "flac" ? [".flac", ".oga"] : [".aiff", ".aifc"];
        var paths = Directory.GetFiles(PathOfLossless("")).Where(path => suffixes.Contains(Path.GetExtension(path))).ToArray();
        Assert.Equal(format == "flac" ? 8 : 6, paths.Length); // what is tried on each of them is tried
        return paths.Order(StringComparer.Ordinal);
    }
}
