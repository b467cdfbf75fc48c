using System.Runtime.InteropServices;
using SongMood.TestSupport;

namespace SongMood.Formats.Tests;

/// <summary>What Fixtures/make.sh made, and <see cref="LayerOneEncoder"/>.</summary>
internal static class FormatsFixtures
{
    private const int Count = 8;

    public static IEnumerable<string> Names()
    {
        var names = Directory.GetFiles(PathOf("")).Select(path => Path.GetFileName(path))
            .Where(name => Path.GetExtension(name) is ".ogg" or ".opus" or ".mp1" or ".mp2").ToArray();
        Assert.Equal(Count, names.Length); // what is tried on each of them is tried
        return names.Order(StringComparer.Ordinal);
    }

    /// <summary>What Fixtures/opus/make.py made: all modes, silence that is not sent, six channels; each with its reference.</summary>
    public static string[] OpusNames { get; } = ["opus/modes.opus", "opus/silence.opus", "opus/surround.opus"];

    public static string PathOf(string name) => Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Formats.Tests", "Fixtures", name);

    /// <summary>What ffmpeg decodes it to, a row a channel.</summary>
    public static float[][] Reference(string name)
    {
        var samples = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(name + ".f32"))).ToArray();
        var channels = name.Contains("mono") ? 1 : 2;
        return [.. Enumerable.Range(0, channels).Select(channel => samples.Where((_, i) => i % channels == channel).ToArray())];
    }
}
