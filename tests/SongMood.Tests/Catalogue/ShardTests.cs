using SongMood.Catalogue;

namespace SongMood.Tests.Catalogue;

public sealed class ShardTests
{
    private static readonly string[] Songs = [.. Enumerable.Range(0, 16_000).Select(i => $"music/artist {i % 97}/song {i}.mp3")];

    [Fact]
    public void Every_song_is_in_one_shard_and_the_shards_are_about_equal()
    {
        var counts = Enumerable.Range(1, 16).Select(number => Songs.Count(new Shard(number, 16).Holds)).ToArray();
        Assert.Equal(Songs.Length, counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, 850, 1150)); // 1000, and five times the deviation of a fair throw
        Assert.All(Songs.Take(100), song => Assert.Single(Enumerable.Range(1, 16), number => new Shard(number, 16).Holds(song)));
    }

    /// <summary>Computed once by Python: int.from_bytes(hashlib.sha256(path.encode()).digest()[:8], 'big') % 16 + 1.</summary>
    [Theory]
    [InlineData("music/a.mp3", 15)]
    [InlineData("music/Ærø/ö.flac", 2)]
    [InlineData("music\\a.mp3", 15)]
    public void A_songs_shard_is_the_same_on_every_machine(string path, int number) =>
        Assert.Equal(number, Enumerable.Range(1, 16).Single(each => new Shard(each, 16).Holds(path)));

    [Theory]
    [InlineData("3/16", true)]
    [InlineData("1/1", true)]
    [InlineData("0/16", false)]
    [InlineData("17/16", false)]
    [InlineData("1/0", false)]
    [InlineData("1", false)]
    [InlineData("1/2/3", false)]
    [InlineData("+1/2", false)]
    [InlineData("-1/2", false)]
    [InlineData("1/100001", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void It_is_read_from_text(string? text, bool isOne)
    {
        Assert.Equal(isOne, Shard.TryParse(text, out var shard));
        Assert.Equal(isOne ? text : "0/0", $"{shard}");
    }

    [Fact]
    public void What_is_no_shard_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shard(1, 0));
        Assert.Throws<InvalidOperationException>(() => default(Shard).Holds("a"));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SchedulerShard.Find(100_001));
    }

    [Theory]
    [InlineData(null, "3/16", "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_COUNT=16")]
    [InlineData(null, "1/16", "SLURM_ARRAY_TASK_ID=0", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=0", "SLURM_ARRAY_TASK_MAX=15")]
    [InlineData(16, "6/16", "SLURM_ARRAY_TASK_ID=5", "SLURM_ARRAY_TASK_COUNT=1", "SLURM_ARRAY_TASK_MIN=5", "SLURM_ARRAY_TASK_MAX=5")]
    [InlineData(4, "4/4", "JOB_COMPLETION_INDEX=3")]
    [InlineData(100, "100/100", "AWS_BATCH_JOB_ARRAY_INDEX=99")]
    [InlineData(null, "2/3", "AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=3")]
    [InlineData(null, "2/3", "JOB_COMPLETION_INDEX=1", "AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=3")]
    [InlineData(4, null, "HOME=/")]
    [InlineData(null, null, "SLURM_ARRAY_TASK_COUNT=4")]
    [InlineData(4, "3/4", "SLURM_ARRAY_TASK_ID=2", "JOB_COMPLETION_INDEX=2")]
    public void A_scheduler_says_the_shard(int? count, string? expected, params string[] variables) =>
        Assert.Equal(expected, SchedulerShard.Find(count, Read(variables))?.Shard.ToString());

    /// <summary>A wrong guess would leave songs out, or hear all of them in every job.</summary>
    [Theory]
    [InlineData(null, "--shards n", "JOB_COMPLETION_INDEX=3")]
    [InlineData(null, "goes from 5 to 5", "SLURM_ARRAY_TASK_ID=5", "SLURM_ARRAY_TASK_COUNT=1", "SLURM_ARRAY_TASK_MIN=5",
        "SLURM_ARRAY_TASK_MAX=5")]
    [InlineData(null, "goes from 1 to 16", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=1",
        "SLURM_ARRAY_TASK_MAX=16")]
    [InlineData(null, "goes from 0 to 30", "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_COUNT=16", "SLURM_ARRAY_TASK_MIN=0",
        "SLURM_ARRAY_TASK_MAX=30")]
    [InlineData(16, "expected 0 to 15", "SLURM_ARRAY_TASK_ID=16")]
    [InlineData(4, "expected 0 to 3", "JOB_COMPLETION_INDEX=x")]
    [InlineData(4, "SLURM_ARRAY_TASK_ID is 0 and JOB_COMPLETION_INDEX is 2: which of them", "SLURM_ARRAY_TASK_ID=0",
        "JOB_COMPLETION_INDEX=2")]
    [InlineData(1, "expected 0 to 0 for 1 shard.", "JOB_COMPLETION_INDEX=1")]
    [InlineData(null, "--shards n", "AWS_BATCH_JOB_ARRAY_INDEX=3", "SLURM_ARRAY_TASK_COUNT=16")]
    [InlineData(null, "SLURM_ARRAY_TASK_COUNT is 0; expected 1 to 100000 shards", "SLURM_ARRAY_TASK_ID=0", "SLURM_ARRAY_TASK_COUNT=0")]
    [InlineData(null, "SLURM_ARRAY_TASK_COUNT is 200000; expected 1 to 100000 shards", "SLURM_ARRAY_TASK_ID=1",
        "SLURM_ARRAY_TASK_COUNT=200000", "SLURM_ARRAY_TASK_MIN=0", "SLURM_ARRAY_TASK_MAX=199999")]
    [InlineData(null, "expected 0 to 2", "AWS_BATCH_JOB_ARRAY_INDEX=3", "AWS_BATCH_JOB_ARRAY_SIZE=3")]
    [InlineData(null, "SLURM_ARRAY_TASK_COUNT is 16 and AWS_BATCH_JOB_ARRAY_SIZE is 3: which of them", "SLURM_ARRAY_TASK_ID=1",
        "SLURM_ARRAY_TASK_COUNT=16", "AWS_BATCH_JOB_ARRAY_INDEX=1", "AWS_BATCH_JOB_ARRAY_SIZE=3")]
    public void A_scheduler_that_does_not_say_it_clearly_is_refused(int? count, string says, params string[] variables) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => SchedulerShard.Find(count, Read(variables))).Message);

    private static Func<string, string?> Read(string[] variables) => name =>
        variables.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
