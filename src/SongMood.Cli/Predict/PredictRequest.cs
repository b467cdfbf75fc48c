using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>What a person asks of <c>songmood predict</c>.</summary>
/// <param name="Format">table, json, csv or parquet.</param>
internal sealed record PredictRequest(string Format)
{
    /// <summary>Songs that are heard at once.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether to follow each song over time.</summary>
    public bool Timeline { get; init; }

    /// <summary>Whether to show what each song sounds like.</summary>
    public bool Features { get; init; }

    /// <summary>Whether to print what the model made of each song.</summary>
    public bool Embedding { get; init; }

    /// <summary>Whether to write all music descriptors of each song.</summary>
    public bool Descriptors { get; init; }

    /// <summary>Whether to say which groups of features spoke for the mood.</summary>
    public bool Why { get; init; }

    /// <summary>Which songs are wanted; null for all.</summary>
    public SongFilter? Where { get; init; }

    /// <summary>The folder for a playlist a mood, or the one playlist for all songs; null where none is asked for.</summary>
    public string? Playlists { get; init; }

    /// <summary>Whether to wait for songs to come.</summary>
    public bool Watch { get; init; }

    /// <summary>Such as "--timeline, --why"; empty where nothing is asked for besides the mood.</summary>
    public string Extras => Named(
        (Timeline, "--timeline"), (Features, "--features"), (Embedding, "--embedding"), (Descriptors, "--descriptors"), (Why, "--why"));

    /// <summary>What is neither kept for a file of many songs nor told of them later.</summary>
    public string NotOfFiles => Named((Timeline, "--timeline"), (Why, "--why"), (Where is not null, "--where"),
        (Playlists is not null, "--playlists"), (Watch, "--watch"));

    /// <summary>The same with all that takes songs that are heard, and not rows of numbers.</summary>
    public string OfSongsOnly => string.Join(", ", new[]
    {
        Extras, Named((Where is not null, "--where"), (Playlists is not null, "--playlists"), (Watch, "--watch")),
    }.Where(names => names.Length > 0));

    /// <exception cref="ArgumentException">The format has no place for something.</exception>
    public void Check()
    {
        if (Format == "csv" && Extras.Length > 0)
            throw new ArgumentException($"--format csv has no columns for {Extras}: take --format json.");
        if (Format == "table" && Embedding)
            throw new ArgumentException("--embedding is hundreds of numbers, which no table holds: take --format json.");
        if (Format != "parquet" && Descriptors)
            throw new ArgumentException("--descriptors are a thousand numbers: write a Parquet file (--out moods.parquet).");
    }

    /// <summary>What is asked for of one song.</summary>
    public SongPrediction Ask(MoodPredictor predictor, string path, CancellationToken cancellation)
    {
        var told = Playlists is null ? null : new RelayedSong(path); // lists have its tags, from the same opening
        var song = told ?? (SongSource)path;
        var timeline = Timeline ? predictor.PredictTimeline(song, cancellationToken: cancellation) : null;
        var prediction = timeline?.Song ?? predictor.Predict(song, cancellation);
        if (Where?.Matches(prediction) == false)
            return new SongPrediction(new(path) { Prediction = prediction }) { IsWanted = false };
        if (!Features)
            prediction = prediction with { Features = null }; // the filter may have needed them
        return new SongPrediction(new(path)
        {
            Prediction = prediction,
            Timeline = timeline,
            Explanation = Why ? predictor.Explain(path, cancellation) : null,
        })
        {
            Entry = told is null ? null : PlaylistEntry.Of(path, told.Info!),
        };
    }

    private static string Named(params (bool IsAsked, string Name)[] options) =>
        string.Join(", ", options.Where(option => option.IsAsked).Select(option => option.Name));
}
