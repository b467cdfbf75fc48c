using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Reports;

/// <summary>What came of one song, for a <see cref="PredictionWriter"/>: a prediction, or why there is none.</summary>
/// <param name="Path">The audio file, or the table that the song's numbers are in.</param>
public sealed record PredictedSong(string Path)
{
    /// <summary>The prediction; null where there is none.</summary>
    public MoodPrediction? Prediction { get; init; }

    /// <summary>Why there is no prediction; null where there is one.</summary>
    public string? Error { get; init; }

    /// <summary>The row of the table; null for an audio file.</summary>
    public LabelledSong? Row { get; init; }

    /// <summary>The mood over time; null where it was not asked for.</summary>
    public MoodTimeline? Timeline { get; init; }

    /// <summary>Why the song has its mood; null where it was not asked for.</summary>
    public MoodExplanation? Explanation { get; init; }

    /// <summary>What a person calls the song.</summary>
    internal string Name =>
        Row is null ? Path : string.Join(", ", new[] { $"line {Row.Line}", Row.Title ?? Row.Id, Row.Artist }.OfType<string>());

    /// <summary>Such as "song.mp3: calm 62 % (happy 21 %, sad 12 %, energetic 5 %)", or the error.</summary>
    public override string ToString() => $"{Name}: {Prediction?.ToString() ?? Error}";
}
