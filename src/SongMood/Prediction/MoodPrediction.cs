namespace SongMood.Prediction;

/// <summary>The mood of one song.</summary>
/// <param name="Mood">The most probable mood; of equal ones, the model's first.</param>
/// <param name="Scores">The probability of every mood, in the model's order. They sum to 1.</param>
public sealed record MoodPrediction(string Mood, IReadOnlyDictionary<string, float> Scores);
