using System.CommandLine;
using System.CommandLine.Parsing;
using SongMood.Catalogue;
using SongMood.Cli.Catalogue;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>The options of <c>songmood predict</c>.</summary>
internal sealed class PredictOptions
{
    private readonly Argument<string[]> _paths = SongArguments.Paths("; for a model that was trained on columns, tables (CSV)");

    private readonly Option<string?> _model = SongArguments.Model();

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "table; json: an object a line with path, mood and scores, or path and error; csv; parquet, which is also what "
            + "a file whose name ends with .parquet gets.",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<bool> _timeline = new("--timeline") { Description = "Also the mood over time: windows and sections." };

    private readonly Option<bool?> _features = new("--features")
    {
        Description = "Also tempo, key, loudness and so on. Default: in Parquet files alone.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _embedding = new("--embedding")
    {
        Description = "Also the numbers by which songs are compared; only as JSON or Parquet.",
    };

    private readonly Option<bool> _descriptors = new("--descriptors") { Description = "Also all music descriptors; only as Parquet." };

    private readonly Option<bool> _why = new("--why")
    {
        Description = "Also which groups of features spoke for the mood and against it.",
    };

    private readonly Option<double?> _unsureBelow = SongArguments.UnsureBelow(
        "The score below which a mood is unsure, and shown with a '?'. Default: as the model says.");

    private readonly Option<string?> _output = new("--out", "-o")
    {
        Description = "The file to write the results to. Default: the standard output.",
        HelpName = "file",
    };

    private readonly Option<int?> _threads = SongArguments.Threads();

    private readonly Option<double?> _maxHours = NumberOption.Real("--max-hours",
        "The longest song, in hours; more than 10 minutes are heard in pieces.", "hours", "a number above 0, 10000 at most",
        hours => hours is > 0 and <= 10_000);

    private readonly Option<string[]> _lists;

    private readonly ShardOptions _shards = new();

    public PredictOptions(Command command)
    {
        _format.AcceptOnly(["table", "json", "csv", "parquet"]);
        _maxHours.DefaultValueFactory = _ => new MoodPredictorOptions().MaximumDuration.TotalHours;
        command.Add(_paths);
        foreach (var option in new Option[] { _model, _format, _timeline, _features, _embedding, _descriptors, _why, _unsureBelow, _output,
            _threads, _maxHours }.Concat(Listening.All))
            command.Add(option);
        _lists = SongArguments.Lists(command, _paths);
        _shards.AddTo(command);
    }

    public ListeningOptions Listening { get; } = new();

    /// <summary>The headings of help.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<Option> Options)> Groups =>
    [
        ("What to tell", [_timeline, _features, _embedding, _descriptors, _why, _unsureBelow, _format, _output]),
        ("Which songs, and playlists of them", [_lists, .. Listening.All]),
        ("How to listen", [_model, _threads, _maxHours]),
    ];

    /// <summary>The files, folders and "-" of the command line.</summary>
    public string[] Arguments(ParseResult parsed) => parsed.GetValue(_paths) ?? [];

    /// <summary>All songs that are named, looked for as they are asked for.</summary>
    public IEnumerable<string> Songs(ParseResult parsed, ToolConsole console) =>
        SongArguments.Expand(Arguments(parsed), Lists(parsed), Output(parsed), console);

    public string? ModelPath(ParseResult parsed) => parsed.GetValue(_model);

    public string? Output(ParseResult parsed) => parsed.GetValue(_output);

    public double? UnsureBelow(ParseResult parsed) => parsed.GetValue(_unsureBelow);

    public Shard? Shard(ParseResult parsed, ToolConsole console) =>
        _shards.Shard(parsed, Output(parsed), console, SongArguments.IsOneSong(Arguments(parsed)));

    /// <exception cref="ArgumentException">What is asked for does not go together.</exception>
    public PredictRequest Request(ParseResult parsed, bool isShard)
    {
        var format = Format(parsed.GetResult(_format)!, Output(parsed), isShard);
        var request = new PredictRequest(format)
        {
            Threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount,
            Timeline = parsed.GetValue(_timeline),
            Features = parsed.GetResult(_features) is null ? format == "parquet" : parsed.GetValue(_features) ?? true,
            Embedding = parsed.GetValue(_embedding),
            Descriptors = parsed.GetValue(_descriptors),
            Why = parsed.GetValue(_why),
            Where = SongFilterOption.Of(parsed, Listening.Where),
            Playlists = parsed.GetValue(Listening.Playlists),
            Watch = parsed.GetValue(Listening.Watch),
        };
        request.Check();
        return request;
    }

    /// <exception cref="ArgumentException">The file to write cannot be written, or is one of those that are read.</exception>
    public void CheckOutput(ParseResult parsed)
    {
        if (Output(parsed) is { } output)
            AtomicFile.CheckWritable(output, [ModelPath(parsed), .. Arguments(parsed), .. Lists(parsed)]);
    }

    public MoodPredictorOptions ForPredictor(ParseResult parsed, PredictRequest request) => new()
    {
        MaximumDuration = LongestSong(parsed),
        UnsureBelow = UnsureBelow(parsed),
        WithFeatures = request.Features || request.Where is { NeedsFeatures: true },
        CoresPerSong = SongArguments.CoresPerSong(Arguments(parsed)),
    };

    public CatalogueOptions ForCatalogue(ParseResult parsed, PredictRequest request, Shard? shard) => new()
    {
        ModelPath = ModelPath(parsed),
        Shard = shard,
        Threads = request.Threads,
        WithFeatures = request.Features,
        WithEmbedding = request.Embedding,
        WithDescriptors = request.Descriptors,
        MaximumDuration = LongestSong(parsed),
        UnsureBelow = UnsureBelow(parsed),
        RetryFailed = _shards.RetryFailed(parsed),
        SongTimeLimit = _shards.SongTimeLimit(parsed),
    };

    private string[] Lists(ParseResult parsed) => parsed.GetValue(_lists) ?? [];

    private TimeSpan LongestSong(ParseResult parsed) => TimeSpan.FromHours(parsed.GetValue(_maxHours)!.Value);

    /// <summary>What is written; where it is a shard or a Parquet file, the name of the file says it.</summary>
    /// <exception cref="ArgumentException">The name says something else than the option, or there is none.</exception>
    private static string Format(OptionResult asked, string? path, bool isShard)
    {
        var format = asked.GetValueOrDefault<string>()!;
        var named = isShard ? ResultName.FormatOf(path!) : ResultName.IsParquet(path) ? "parquet" : format;
        if (!asked.Implicit && format != named)
            throw new ArgumentException($"--format is {format}, but the name {path} says {named}: leave one of them out.");
        return named != "parquet" || path is not null ? named
            : throw new ArgumentException("--format parquet is for files: name one (--out moods.parquet).");
    }
}
