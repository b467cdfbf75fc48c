using System.Diagnostics;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.TestSupport;

namespace SongMood.Tests.Catalogue;

/// <summary>What deploy/slurm does, on a real cluster of one machine.</summary>
[Collection(nameof(Torch))]
public sealed class SlurmTests(TrainedTones tones, ITestOutputHelper output) : IDisposable
{
    private const int ShardCount = 16, Killed = 3;

    private readonly Catalogues _songs = new();

    public void Dispose() => _songs.Dispose();

    [Fact]
    public async Task Sixteen_shards_one_of_them_killed_and_queued_again_are_what_one_run_writes()
    {
        Assert.SkipWhen(SlurmCluster.Missing() is not null, SlurmCluster.Missing() ?? "");
        for (var i = 0; i < 50; i++)
            _songs.Folder.Write($"music/more/{i:00}.wav", ToneFiles.Wav(200 + 70 * i, 1, seed: i));
        var songs = Directory.GetFiles(_songs.Music, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var list = _songs.Folder.Write("songs.txt", string.Join('\n', songs));
        var (merged, whole) = (_songs.File("moods.parquet"), _songs.File("whole.parquet"));
        using var cluster = await SlurmCluster.StartAsync();
        cluster.Variables["SONGMOOD"] = $"dotnet {ToolProcess.Assembly}";
        var watch = Stopwatch.StartNew();
        var job = await cluster.RunAsync(Path.Combine(TestData.RepositoryRoot, "deploy", "slurm", "submit.sh"), list, merged,
            $"{ShardCount}", "--model", tones.Model, "--embedding");
        await KillTaskAsync(Killed);
        while ((await cluster.RunAsync("squeue", "--noheader")).Length > 0)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(8), cluster.Log);
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        output.WriteLine($"{ShardCount} tasks and the merge (job {job.Trim()}) took {watch.Elapsed.TotalSeconds:F0} s.");
        foreach (var log in Directory.GetFiles(merged + ".shards", "*.log").Order(StringComparer.Ordinal))
            output.WriteLine($"{Path.GetFileName(log)}: {string.Join(" | ", File.ReadAllLines(log))}");
        var killed = File.ReadAllText(Path.Combine(merged + ".shards", $"task-{Killed}.log"));
        Assert.Contains("The task was ended by signal 9: it is queued again.", killed);
        Assert.Equal(1, killed.Split("Wrote ").Length - 1);
        Assert.Contains($"{songs.Length} songs of {ShardCount} shards", File.ReadAllText(Path.Combine(merged + ".shards", "merge.log")));

        await Catalogues.DoneAsync("predict", "--list", list, "--out", whole, "--model", tones.Model, "--embedding");
        Assert.Equal(await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(merged, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends SIGKILL to the tool of a task as soon as it is there.</summary>
    private static async Task KillTaskAsync(int task)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromMinutes(4))
        {
            foreach (var process in Process.GetProcessesByName("dotnet"))
                using (process)
                {
                    if (!IsToolOf(process.Id, task))
                        continue;
                    process.Kill();
                    return;
                }
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"No process of task {task} was seen.");
    }

    private static bool IsToolOf(int id, int task)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return arguments.Contains("predict") && arguments.Contains(ToolProcess.Assembly)
                && File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains($"SLURM_ARRAY_TASK_ID={task}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended
        }
    }
}
