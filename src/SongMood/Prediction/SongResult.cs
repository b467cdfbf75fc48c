namespace SongMood.Prediction;

/// <summary>What came of one of many songs: a prediction, or the error that stands in its place.</summary>
/// <param name="Song">The song.</param>
public sealed record SongResult(SongSource Song)
{
    /// <summary>The song's mood; null where it could not be told.</summary>
    public MoodPrediction? Prediction { get; init; }

    /// <summary>The song's mood over time; null where it was not asked for, or could not be told.</summary>
    public MoodTimeline? Timeline { get; init; }

    /// <summary>
    /// Why it could not: what <see cref="MoodPredictor.Predict(SongSource, CancellationToken)"/> would have thrown. Null where it
    /// could.
    /// </summary>
    public Exception? Error { get; init; }

    /// <summary>Such as "song.mp3: calm 62 % (happy 21 %, sad 12 %, energetic 5 %)", or the error.</summary>
    public override string ToString() => $"{Song}: {Prediction?.ToString() ?? Error?.Message}";
}
