namespace SongMood.Prediction;

/// <summary>
/// The plane of valence (unpleasant to pleasant) and arousal (quiet to excited), after Russell, "A circumplex model of affect" (1980).
/// Each of the four moods is a quadrant of it, as in the data set that the pretrained model learns from (docs/model-card.md).
/// </summary>
internal static class MoodPlane
{
    private static readonly Dictionary<string, (int Valence, int Arousal)> Quadrants = new(StringComparer.OrdinalIgnoreCase)
    {
        ["happy"] = (1, 1),
        ["energetic"] = (-1, 1),
        ["sad"] = (-1, -1),
        ["calm"] = (1, -1),
    };

    /// <summary>
    /// Where probabilities place a song: on each axis, those of the moods on its upper side less those on its lower side. Null where they
    /// are of other moods than these four.
    /// </summary>
    public static (float Valence, float Arousal)? Place(IReadOnlyDictionary<string, float> scores)
    {
        if (scores.Count != Quadrants.Count || !scores.Keys.All(Quadrants.ContainsKey))
            return null;
        var (valence, arousal) = (0f, 0f);
        foreach (var (mood, score) in scores)
            (valence, arousal) = (valence + Quadrants[mood].Valence * score, arousal + Quadrants[mood].Arousal * score);
        return (Math.Clamp(valence, -1, 1), Math.Clamp(arousal, -1, 1));
    }
}
