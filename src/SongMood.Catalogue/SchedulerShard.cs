using System.Globalization;

namespace SongMood.Catalogue;

/// <summary>
/// The shard that a scheduler's job works on, by the variables that the scheduler sets: Slurm's array jobs, Kubernetes' Indexed Jobs and
/// AWS Batch's array jobs. Each counts its jobs from 0.
/// </summary>
public sealed record SchedulerShard
{
    private static readonly string[] IndexVariables = [SlurmIndex, "JOB_COMPLETION_INDEX", BatchIndex];

    private const string SlurmIndex = "SLURM_ARRAY_TASK_ID", SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    private const string BatchIndex = "AWS_BATCH_JOB_ARRAY_INDEX", BatchCount = "AWS_BATCH_JOB_ARRAY_SIZE";

    private SchedulerShard(Shard shard, string variable) => (Shard, Variable) = (shard, variable);

    /// <summary>The shard.</summary>
    public Shard Shard { get; }

    /// <summary>The variable that says so, such as "SLURM_ARRAY_TASK_ID".</summary>
    public string Variable { get; }

    /// <summary>Such as "3/16, by SLURM_ARRAY_TASK_ID".</summary>
    public override string ToString() => $"{Shard}, by {Variable}";

    /// <summary>Looks at the variables of this process.</summary>
    /// <param name="count">
    /// How many shards there are, 1 to 100,000; null to take AWS Batch's count, or Slurm's, which is right where the array has all indices
    /// from 0.
    /// </param>
    /// <returns>The shard; null where no scheduler says one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of range.</exception>
    /// <exception cref="FormatException">
    /// A variable holds no index below the count, two schedulers say different ones, or the count is neither given nor clear from the
    /// variables.
    /// </exception>
    public static SchedulerShard? Find(int? count = null) => Find(count, Environment.GetEnvironmentVariable);

    /// <summary>The variable by which a scheduler says that this process is one of several jobs; null where none does.</summary>
    internal static string? FindVariable() => Said(Environment.GetEnvironmentVariable).FirstOrDefault();

    private static IEnumerable<string> Said(Func<string, string?> read) =>
        IndexVariables.Where(name => !string.IsNullOrEmpty(read(name)));

    internal static SchedulerShard? Find(int? count, Func<string, string?> read)
    {
        if (count is < 1 or > Shard.MostShards)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 to {Shard.MostShards} shards.");
        string[] said = [.. Said(read)];
        if (said is not [var variable, ..])
            return null;
        if (said.DistinctBy(read).Count() > 1) // one scheduler's jobs may run within those of another
            throw Unclear(said, read);
        var shards = count ?? CountOf(said, read)
            ?? throw new FormatException($"{variable} is {read(variable)}, so this is one of several jobs, but nothing says of how many: "
                + "say it (count, or --shards n), or name the shard itself (CatalogueOptions.Shard, or --shard 1/1 for all songs).");
        return Number(read(variable)) is { } index && index < shards
            ? new SchedulerShard(new Shard(index + 1, shards), variable)
            : throw new FormatException(FormattableString.Invariant(
                $"{variable} is {read(variable)}; expected 0 to {shards - 1} for {Plural.Of(shards, "shard")}. Let the array begin at 0 ")
                + FormattableString.Invariant($"(for Slurm: --array=0-{shards - 1}), or name the shard itself ")
                + "(CatalogueOptions.Shard, or --shard i/n).");
    }

    private static FormatException Unclear(IEnumerable<string> variables, Func<string, string?> read) => new(
        $"{string.Join(" and ", variables.Select(name => $"{name} is {read(name)}"))}: which of them is the shard is not clear. Name it "
        + "(--shard i/n).");

    /// <summary>What the schedulers themselves say of how many jobs there are; null where they say nothing.</summary>
    private static int? CountOf(string[] said, Func<string, string?> read)
    {
        (string Variable, int? Count)[] counts =
        [
            (SlurmCount, said.Contains(SlurmIndex) ? CountOfWholeArray(read) : null),
            (BatchCount, said.Contains(BatchIndex) ? Number(read(BatchCount)) : null), // an array of theirs always has all indices
        ];
        counts = [.. counts.Where(each => each.Count is not null)];
        if (counts.DistinctBy(each => each.Count).Count() > 1)
            throw Unclear(counts.Select(each => each.Variable), read);
        if (counts is not [var (variable, count), ..])
            return null;
        return count is >= 1 and <= Shard.MostShards ? count : throw new FormatException(FormattableString.Invariant(
            $"{variable} is {count}; expected 1 to {Shard.MostShards} shards. Say how many there are (count, or --shards n)."));
    }

    /// <summary>
    /// Slurm's count is that of the tasks that were submitted, which are not all shards where some of them are submitted again.
    /// </summary>
    private static int? CountOfWholeArray(Func<string, string?> read)
    {
        if (Number(read(SlurmCount)) is not { } count)
            return null;
        var (first, last) = (Number(read("SLURM_ARRAY_TASK_MIN")), Number(read("SLURM_ARRAY_TASK_MAX")));
        return first is null or 0 && (last is null || last == count - 1) ? count
            : throw new FormatException(FormattableString.Invariant(
                $"{SlurmCount} is {count}, but the array goes from {first} to {last}, so that it does not say how many shards there are. ")
                + "Say it (count, or --shards n), or let the array have all indices from 0 "
                + FormattableString.Invariant($"(--array=0-{count - 1})."));
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
