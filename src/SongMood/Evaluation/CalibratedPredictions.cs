namespace SongMood.Evaluation;

/// <summary>Predictions whose temperatures were fitted on other parts than their own.</summary>
public sealed record CalibratedPredictions
{
    /// <summary>The songs with their calibrated probabilities.</summary>
    public required Predictions Predictions { get; init; }

    /// <summary>The temperature of each part, fitted on all other parts; the logits of its songs were divided by it.</summary>
    public required IReadOnlyDictionary<int, double> Temperatures { get; init; }
}
