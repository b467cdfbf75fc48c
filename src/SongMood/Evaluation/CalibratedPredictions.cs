namespace SongMood.Evaluation;

/// <summary>Predictions whose temperatures were fitted on other folds than their own.</summary>
/// <param name="Temperatures">Of each fold, the temperature that its songs' probabilities were divided by, fitted on the other folds.</param>
/// <param name="Probabilities">Of each song, the calibrated probability of each mood.</param>
public sealed record CalibratedPredictions(IReadOnlyDictionary<int, double> Temperatures, IReadOnlyList<float[]> Probabilities);
