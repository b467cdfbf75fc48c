using SongMood.Tests.Cli;

namespace SongMood.Tests.Catalogue;

/// <summary>A folder of songs, one of which is none, and the tool's runs over it.</summary>
internal sealed class Catalogues : IDisposable
{
    public const int SongCount = 14;

    public Catalogues()
    {
        for (var i = 0; i < SongCount - 1; i++)
            Folder.Write($"music/{i % 3}/{i:00}.wav", ToneFiles.Wav(i % 2 == 0 ? 200 + 10 * i : 4000 + 50 * i, 1.2 + 0.05 * i, seed: i));
        Folder.Write("music/letter.mp3", "Dear friend, this is no music.");
    }

    public TemporaryFolder Folder { get; } = new();

    public string Music => Folder.File("music");

    /// <summary>All songs, in the order of their names.</summary>
    public string[] Paths => [.. Directory.GetFiles(Music, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Folder.Dispose();

    public string File(string name) => Folder.File(name);

    /// <summary>Runs the tool, whose exit code is that of a song that could not be read.</summary>
    public static async Task<string> DoneAsync(params string[] arguments)
    {
        var run = await Tool.RunAsync(arguments);
        Assert.True(run.ExitCode == 1, $"{run.ExitCode}: {run.Error}");
        return run.Error;
    }

    /// <summary>Runs all shards of a command.</summary>
    public static async Task ShardsAsync(int count, params string[] command)
    {
        for (var number = 1; number <= count; number++)
        {
            var run = await Tool.RunAsync([.. command, "--shard", $"{number}/{count}"]);
            Assert.True(run.ExitCode is 0 or 1, run.Error);
        }
    }
}
