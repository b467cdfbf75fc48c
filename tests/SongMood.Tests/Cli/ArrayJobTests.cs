namespace SongMood.Tests.Cli;

/// <summary>The tool as one of a scheduler's jobs.</summary>
public sealed class ArrayJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ArrayJobTests()
    {
        for (var song = 0; song < 4; song++)
            _folder.Write($"songs/{song}.wav", ToneFiles.Wav(300 + 100 * song));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Sixteen jobs that each hear all songs look like sixteen that hear a part: only time and cost tell.</summary>
    [Fact]
    public async Task Without_a_file_for_the_parts_it_says_that_every_job_hears_all_songs()
    {
        const string All = "songmood: by SLURM_ARRAY_TASK_ID this is one of several jobs, but without --out each of them hears all songs.";
        var all = await PredictAsync(_folder.File("songs"), "--format", "json");
        Assert.Equal((0, 4), (all.ExitCode, all.JsonLines.Length));
        Assert.Contains(All, all.Error);
        var one = await PredictAsync(_folder.File("songs/0.wav"), "--format", "json");
        Assert.Equal((0, 1), (one.ExitCode, one.JsonLines.Length));
        Assert.DoesNotContain("SLURM_ARRAY_TASK_ID", one.Error);
        var part = await PredictAsync(_folder.File("songs"), "--out", _folder.File("moods.jsonl"));
        Assert.Equal(0, part.ExitCode);
        Assert.Contains("songmood: this is shard 1/2, by SLURM_ARRAY_TASK_ID", part.Error);
        Assert.DoesNotContain(All, part.Error);
        Assert.Single(Directory.GetFiles(_folder.File("moods.jsonl.shards"), "*.parquet"));
    }

    private static Task<Tool> PredictAsync(params string[] args) => ToolProcess.RunAsync(ToolProcess.Assembly, ["predict", .. args],
        ("SLURM_ARRAY_TASK_ID", "0"), ("SLURM_ARRAY_TASK_COUNT", "2"));
}
