namespace SongMood.Learning;

/// <summary>One training and one test of a measurement on songs held out.</summary>
/// <param name="Part">Which, from 0.</param>
/// <param name="PartCount">Of how many.</param>
/// <param name="Learnt">The rows that the model learns from.</param>
/// <param name="Held">The rows that it is asked about.</param>
public sealed record HeldOutPart(int Part, int PartCount, IReadOnlyList<int> Learnt, IReadOnlyList<int> Held);
