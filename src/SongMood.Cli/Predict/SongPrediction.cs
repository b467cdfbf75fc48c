using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>What came out for one file: a prediction, or why there is none.</summary>
internal sealed record SongPrediction(string Path, MoodPrediction? Prediction, string? Error);
