using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>What a person asks of <c>songmood predict</c>.</summary>
/// <param name="Format">table, json or csv.</param>
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

    /// <summary>Whether to say which groups of features spoke for the mood.</summary>
    public bool Why { get; init; }

    /// <summary>Such as "--timeline, --why"; empty where nothing is asked for besides the mood.</summary>
    public string Extras => string.Join(", ", new[]
    {
        (Timeline, "--timeline"), (Features, "--features"), (Embedding, "--embedding"), (Why, "--why"),
    }.Where(extra => extra.Item1).Select(extra => extra.Item2));

    /// <exception cref="ArgumentException">The format has no place for something.</exception>
    public void Check()
    {
        if (Format == "csv" && Extras.Length > 0)
            throw new ArgumentException($"--format csv has no columns for {Extras}: take --format json.");
        if (Format == "table" && Embedding)
            throw new ArgumentException("--embedding is hundreds of numbers, which no table holds: take --format json.");
    }

    /// <summary>What is asked for of one song.</summary>
    public SongPrediction Ask(MoodPredictor predictor, string path, CancellationToken cancellation)
    {
        var timeline = Timeline ? predictor.PredictTimeline(path, cancellationToken: cancellation) : null;
        return new SongPrediction(path, timeline?.Song ?? predictor.Predict(path, cancellation), null)
        {
            Timeline = timeline,
            Explanation = Why ? predictor.Explain(path, cancellation) : null,
        };
    }
}
