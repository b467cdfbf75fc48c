namespace SongMood.Prediction;

/// <summary>What a model says of a song.</summary>
/// <param name="Scores">The probabilities of the moods.</param>
/// <param name="Embedding">What it made of the song; empty where it has no such numbers.</param>
internal sealed record SongScores(float[] Scores, float[] Embedding)
{
    /// <summary>What the song sounds like; null where nobody asked.</summary>
    public MusicFeatures? Features { get; init; }

    /// <summary>What the model says of parts of the song; none where nobody asked.</summary>
    public IReadOnlyList<WindowScores> Windows { get; init; } = [];
}
