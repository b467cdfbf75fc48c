namespace SongMood.Evaluation;

/// <summary>The range in which a figure lies with the confidence that was asked for.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public sealed record ConfidenceInterval(double Lower, double Upper);
