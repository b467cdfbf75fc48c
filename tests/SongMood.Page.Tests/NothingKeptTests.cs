using System.Diagnostics;
using System.Net;
using SongMood.TestSupport;

namespace SongMood.Page.Tests;

/// <summary>The page in a process of its own, as it is deployed: it writes no song, no key and no number of the device.</summary>
public sealed class NothingKeptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_written_to_a_file()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "MoodPage.dll"), "--urls", "http://127.0.0.1:0" },
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Path,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" }, // whose socket is a file
        };
        foreach (var place in new[] { "TMPDIR", "TMP", "HOME" })
            start.Environment[place] = _folder.Path;
        var written = new List<string>();
        using var watcher = new FileSystemWatcher(_folder.Path) { IncludeSubdirectories = true };
        watcher.Created += (_, file) => { lock (written) written.Add(file.Name!); };
        watcher.EnableRaisingEvents = true;
        using var process = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(await AddressAsync(process.StandardOutput)) };
            // Larger than the 64 kB from which ASP.NET Core's own form writes a file.
            var song = File.ReadAllBytes(Songs.Sample("happy-1"));
            Assert.InRange(song.Length, 100_000, int.MaxValue);
            using var answer = await client.PostAsync("/songs", Songs.Form(null, ("a.mp3", song)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // The watcher does tell: of this file, which comes behind all others.
            _folder.Write("mark", "");
            SpinWait.SpinUntil(() => { lock (written) return written.Contains("mark"); }, TimeSpan.FromMinutes(1));
            // ML.NET takes the model out of its zip by way of a folder of its own, before the page listens.
            Assert.Equal(["mark"], written.Where(name => !name.StartsWith("ml_dotnet_", StringComparison.Ordinal)));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<string> AddressAsync(StreamReader output)
    {
        const string Listening = "Now listening on: ";
        while (await output.ReadLineAsync() is { } line)
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return line[(at + Listening.Length)..].Trim();
        throw new InvalidOperationException("The page ended before it listened.");
    }
}
