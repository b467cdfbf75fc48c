using System.CommandLine;
using SongMood.Catalogue;

namespace SongMood.Cli.Catalogue;

/// <summary>The options of commands that can hear one part of a large list of songs.</summary>
internal sealed class ShardOptions
{
    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Hear only this part of the songs, such as 3/16, and write it into the folder OUT.shards, for 'songmood merge OUT'. "
            + "A song's part follows from its path alone. Default: what Slurm, Kubernetes or AWS Batch say, else all songs.",
        HelpName = "i/n",
    };

    private readonly Option<int?> _shards = CountOption("How many parts there are, where a scheduler says which of them this is.");

    private readonly Option<bool> _retryFailed = new("--retry-failed")
    {
        Description = "With --shard and Parquet: try songs again that failed before, though their files have not changed.",
    };

    private readonly Option<double?> _songTimeLimit = NumberOption.Real("--song-time-limit",
        "With --shard and Parquet: how long a song may be heard, in minutes; after that it counts as failed, and the others go on. 0: as "
        + "long as it takes.", "minutes", "a number from 0 to 100000", minutes => minutes is >= 0 and <= 100_000);

    public ShardOptions() => _songTimeLimit.DefaultValueFactory = _ => new CatalogueOptions().SongTimeLimit!.Value.TotalMinutes;

    /// <summary><c>--shards n</c>.</summary>
    public static Option<int?> CountOption(string description) =>
        NumberOption.WholeBetween("--shards", description, 1, SongMood.Catalogue.Shard.MostShards);

    /// <summary>All of them, for a command's help.</summary>
    public IReadOnlyList<Option> All => [_shard, _shards, _retryFailed, _songTimeLimit];

    public void AddTo(Command command)
    {
        command.Add(_shard);
        command.Add(_shards);
        command.Add(_retryFailed);
        command.Add(_songTimeLimit);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_shard) is not null && result.GetResult(_shards) is not null)
                result.AddError("--shard names the part and how many there are: leave --shards out.");
        });
    }

    public bool RetryFailed(ParseResult parsed) => parsed.GetValue(_retryFailed);

    /// <summary>How long a song may be heard; null for as long as it takes.</summary>
    public TimeSpan? SongTimeLimit(ParseResult parsed) =>
        parsed.GetValue(_songTimeLimit) is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>The part to hear; null for all songs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The file to write, without which there are no parts.</param>
    /// <param name="console">Told where a scheduler says the part, or could.</param>
    /// <param name="isOneSong">Whether there is nothing to take apart.</param>
    /// <exception cref="ArgumentException">The part is none, or there is nothing to write.</exception>
    /// <exception cref="FormatException">A scheduler's variables do not say the part.</exception>
    public Shard? Shard(ParseResult parsed, string? output, ToolConsole console, bool isOneSong = false)
    {
        var (text, count) = (parsed.GetValue(_shard), parsed.GetValue(_shards));
        if (output is null)
        {
            if (text is not null || count is not null)
                throw new ArgumentException(
                    "A part of the songs is written into a file of its own: name the file that is to be (--out).");
            if (!isOneSong && SchedulerShard.FindVariable() is { } variable)
                console.Say($"songmood: by {variable} this is one of several jobs, but without --out each of them hears all songs. Name "
                    + "the file that is to be, and each hears its part.");
            return null;
        }
        if (text is not null)
            return SongMood.Catalogue.Shard.TryParse(text, out var shard) ? shard : throw new ArgumentException(
                $"--shard is {text}; expected a part from 1 and how many there are, such as 3/16.");
        if (SchedulerShard.Find(count) is not { } scheduled)
            return count is null ? null : throw new ArgumentException(
                $"--shards is {count}, but no scheduler says which of them this is: name it (--shard 1/{count}).");
        console.Say($"songmood: this is shard {scheduled}; --shard 1/1 would hear all songs.");
        return scheduled.Shard;
    }
}
