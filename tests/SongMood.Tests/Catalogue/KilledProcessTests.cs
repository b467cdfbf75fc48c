using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SongMood.Catalogue;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Catalogue;

/// <summary>Whatever process is killed, and by whatever: only songs that kill it again and again are lost.</summary>
[Collection(nameof(Torch))]
public sealed class KilledProcessTests(TrainedTones tones) : IDisposable
{
    private readonly Catalogues _songs = new();
    private int _starts;

    public void Dispose() => _songs.Dispose();

    private string[] Songs => _songs.Paths;

    private CatalogueOptions Options => new() { ModelPath = tones.Model, Threads = 2 };

    private CatalogueWorkers Counted => Workers.Deadly with
    {
        Start = () =>
        {
            _starts++;
            return Workers.Deadly.Start();
        },
    };

    [Fact]
    public async Task A_song_that_kills_the_process_costs_that_song_alone()
    {
        var undisturbed = await RowsAsync("undisturbed.parquet");
        Assert.Equal(1, _starts);
        string[] deadly = [_songs.Folder.Write("music/0/05b.deadly", "KILL"), _songs.Folder.Write("music/2/99.deadly", "KILL")];
        var failed = new List<FailedSong>();
        var path = _songs.File("moods.parquet");
        var loggers = new ListLoggers(LogLevel.Warning);
        var options = Options with { Logger = loggers.CreateLogger("Run") };
        var report = await new CatalogueRun(Songs, path, Counted, options).RunAsync(
            failed: new ImmediateProgress<FailedSong>(failed.Add), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((Catalogues.SongCount + 2, 3), (report.SongCount, report.FailedCount));
        Assert.Equal([.. deadly, _songs.File("music/letter.mp3")], failed.Select(song => song.Path));
        Assert.All(failed.Take(2), song =>
        {
            Assert.Contains("died twice, the second time with no other song in it", song.Error);
            if (!OperatingSystem.IsWindows())
                Assert.Contains("exit code 137", song.Error); // SIGKILL
        });
        Assert.All(failed, song => Assert.Contains(loggers.Entries, entry => entry.Text == $"{song}"));
        Assert.InRange(loggers.Entries.Count(entry => entry.Text.StartsWith("The process that listens died: ")), _starts - 2, _starts - 1);
        Assert.InRange(_starts, 1 + 2 + 2, 1 + 5); // the second may be in company when the first kills
        var rows = await RowsAsync(path, isThere: true);
        Assert.Equal(undisturbed.Select(Text), rows.Where(row => !deadly.Contains(row.Path)).Select(Text));

        // Known now, and not tried again, until someone asks for it.
        var before = _starts;
        Assert.True((await new CatalogueRun(Songs, path, Counted, Options).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken)).WasUpToDate);
        Assert.Equal(before + 1, _starts);
        foreach (var song in deadly)
            File.Delete(song);
        File.Copy(_songs.File("music/0/00.wav"), deadly[0]);
        report = await new CatalogueRun(Songs, path, Counted, Options).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((Catalogues.SongCount + 1, Catalogues.SongCount, 1), (report.SongCount, report.DoneBefore, report.FailedCount));
        report = await new CatalogueRun(Songs, path, Counted, Options with { RetryFailed = true }).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((Catalogues.SongCount, 1), (report.DoneBefore, report.FailedCount));
    }

    /// <summary>One song at a time, so that no other grows old while the test lets time pass.</summary>
    [Fact]
    public async Task A_song_that_hangs_costs_that_song_alone()
    {
        var marker = _songs.File("marker");
        var hanging = _songs.Folder.Write("music/1/02.deadly", $"WAIT {marker}");
        File.WriteAllText(marker, "");
        var path = _songs.File("moods.parquet");
        var time = new ManualTime();
        var options = Options with { Threads = 1, Shard = new Shard(1, 1), SongTimeLimit = TimeSpan.FromSeconds(8), Time = time };
        var run = new CatalogueRun(Songs, path, Counted, options).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        using (var worker = await ProcessAtAsync(marker, run))
        {
            for (var seconds = 0; seconds < 9; seconds++)
                await time.PassAsync(TestContext.Current.CancellationToken);
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var report = await run;
        Assert.Equal((Catalogues.SongCount + 1, 2, 2), (report.SongCount, report.FailedCount, _starts));
        var failed = new List<FailedSong>();
        await using (var merge = await CatalogueMerge.OpenAsync(path, cancellationToken: TestContext.Current.CancellationToken))
            await merge.WriteAsync(new ImmediateProgress<FailedSong>(failed.Add), TestContext.Current.CancellationToken);
        Assert.Equal([hanging, _songs.File("music/letter.mp3")], failed.Select(song => song.Path));
        Assert.Contains("it was heard for 00:00:08 without an end", failed[0].Error);
        Assert.Contains("--song-time-limit", failed[0].Error);

        // Known now, until someone asks for it once more.
        Assert.True((await new CatalogueRun(Songs, path, Counted, options with { Time = new ManualTime() }).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken)).WasUpToDate);
        File.Delete(marker); // so that the song passes
        report = await new CatalogueRun(Songs, path, Counted, options with { Time = new ManualTime(), RetryFailed = true }).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((Catalogues.SongCount - 1, 1), (report.DoneBefore, report.FailedCount));
    }

    /// <summary>As the kernel does where memory is short: it is not the song's fault.</summary>
    [Fact]
    public async Task A_process_that_is_killed_from_outside_costs_no_song()
    {
        var marker = _songs.File("marker");
        var waiting = _songs.Folder.Write("music/1/02.deadly", $"WAIT {marker}");
        File.WriteAllText(marker, "");
        var path = _songs.File("moods.parquet");
        var run = new CatalogueRun(Songs, path, Counted, Options).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        using (var victim = await ProcessAtAsync(marker, run))
        {
            File.Delete(marker); // so that the song passes when it is heard again
            victim.Kill();
        }
        var report = await run;
        Assert.Equal((Catalogues.SongCount + 1, 1, 2), (report.SongCount, report.FailedCount, _starts));
        Assert.Null(Assert.Single(await RowsAsync(path, isThere: true), row => row.Path == waiting).Error);
    }

    [Fact]
    public async Task A_run_that_is_killed_goes_on_where_it_was_and_leaves_no_process_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The worker's process is found by /proc.");
        const int longSongs = 150; // a second of work or more behind the moment of the kill
        string[] wavs =
            [.. Enumerable.Range(0, 5).Select(i => _songs.Folder.Write($"tones/{i}.wav", ToneFiles.Wav(200 + 500 * i, 20, seed: i)))];
        Directory.CreateDirectory(_songs.File("music/long"));
        for (var i = 0; i < longSongs; i++)
            File.CreateSymbolicLink(_songs.File($"music/long/{i:000}.wav"), wavs[i % wavs.Length]);
        var (path, whole) = (_songs.File("moods.parquet"), _songs.File("whole.parquet"));
        string[] command =
            ["predict", _songs.Music, "--model", tones.Model, "--descriptors", "--threads", "2", "--shard", "1/1", "--out", path];
        var journal = path + ".shards/1-of-1.parquet.journal";
        using (var tool = ToolProcess.Start(ToolProcess.Assembly, command))
        {
            while (!tool.HasExited && new FileInfo(journal) is not { Exists: true, Length: > 40_000 }) // a recipe, and rows of 6 kB
                await Task.Delay(5, TestContext.Current.CancellationToken);
            var workers = ChildrenOf(tool.Id);
            tool.Kill(); // the tool alone: its worker has to see it itself
            await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.False(File.Exists(path + ".shards/1-of-1.parquet"));
            Assert.Single(workers);
            foreach (var worker in workers)
                await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
                    TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        var done = File.ReadAllText(journal).Count(letter => letter == '\n') - 1;
        Assert.InRange(done, 1, longSongs + Catalogues.SongCount - 1);
        await File.AppendAllTextAsync(journal, "{\"Path\":\"torn", TestContext.Current.CancellationToken);
        Assert.Contains($"{longSongs + Catalogues.SongCount} songs, {done} done before", await Catalogues.DoneAsync(command));
        await Catalogues.DoneAsync("merge", path);
        await Catalogues.DoneAsync([.. command[..^4], "--out", whole]);
        Assert.Equal(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    /// <summary>A decoder that hangs heeds no cancellation: the process must not wait for it.</summary>
    [Fact]
    public async Task A_worker_whose_run_was_killed_ends_though_its_song_hangs()
    {
        var marker = _songs.File("marker");
        var song = _songs.Folder.Write("hanging.deadly", $"WAIT {marker}");
        File.WriteAllText(marker, "");
        var start = Workers.Deadly.Start();
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using var worker = Process.Start(start)!;
        await worker.StandardInput.WriteLineAsync(CatalogueJson.Write(CatalogueJob.Of(Options)));
        await worker.StandardInput.WriteLineAsync(WorkerMessage.Write(0, new CatalogueSong(song)));
        await worker.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        using (await ProcessAtAsync(marker, worker.WaitForExitAsync(TestContext.Current.CancellationToken)))
            worker.StandardInput.Close();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, worker.ExitCode);
        Assert.True(File.Exists(marker)); // it hangs still
    }

    [Fact]
    public async Task Two_runs_on_one_shard_do_not_mix()
    {
        var marker = _songs.File("marker");
        _songs.Folder.Write("music/1/02.deadly", $"WAIT {marker}");
        File.WriteAllText(marker, "");
        var path = _songs.File("moods.parquet");
        var first = new CatalogueRun(Songs, path, Counted, Options).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        using (await ProcessAtAsync(marker, first))
        {
            var error = await Assert.ThrowsAsync<CatalogueException>(() => new CatalogueRun(Songs, path, Counted, Options).RunAsync(
                cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains("If another process works on the same shard, let it end", error.Message);
            File.Delete(marker);
        }
        Assert.Equal(Catalogues.SongCount + 1, (await first).SongCount);
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_done()
    {
        var marker = _songs.File("marker");
        _songs.Folder.Write("music/2/08b.deadly", $"WAIT {marker}");
        File.WriteAllText(marker, "");
        var path = _songs.File("moods.parquet");
        using var stop = new CancellationTokenSource();
        var run = new CatalogueRun(Songs, path, Counted, Options).RunAsync(cancellationToken: stop.Token);
        using (var worker = await ProcessAtAsync(marker, run))
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.False(File.Exists(path));
        File.Delete(marker);
        var report = await new CatalogueRun(Songs, path, Counted, Options).RunAsync(
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(report.DoneBefore, 8, Catalogues.SongCount);
        Assert.Equal(Catalogues.SongCount + 1, report.SongCount);
    }

    private static async Task<Process> ProcessAtAsync(string marker, Task run)
    {
        var id = 0;
        while (!run.IsCompleted && !int.TryParse(await File.ReadAllTextAsync(marker, TestContext.Current.CancellationToken), out id))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(id > 0, $"{run.Status} {run.Exception}");
        return Process.GetProcessById(id);
    }

    /// <summary>By /proc: field 4 of stat is the parent, behind the name in brackets.</summary>
    private static Process[] ChildrenOf(int id) => [.. Process.GetProcesses().Where(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ')[2] == $"{id}";
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    })];

    private async Task<CatalogueRow[]> RowsAsync(string name, bool isThere = false)
    {
        var path = _songs.File(name);
        if (!isThere)
            await new CatalogueRun(Songs, path, Counted, Options).RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var file = await CatalogueFile.OpenAsync(path, TestContext.Current.CancellationToken);
        return await file.RowsAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken);
    }

    private static string Text(CatalogueRow row)
    {
        row.Position = 0;
        return CatalogueJson.Write(row);
    }
}
