namespace SongMood.Evaluation;

/// <summary>What all measures ask of actual moods and probabilities.</summary>
internal static class Scored
{
    /// <summary>The index of the highest probability, the first of equal ones; null where one is not a number.</summary>
    public static int? Predicted(float[] probabilities) =>
        probabilities.Any(float.IsNaN) ? null : Array.IndexOf(probabilities, probabilities.Max());

    /// <exception cref="ArgumentException">They do not fit together, there is no song, or a probability is neither NaN nor in [0, 1].</exception>
    public static void Check(IReadOnlyList<int> actual, IReadOnlyList<float[]> probabilities, int moodCount)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (actual.Count == 0 || actual.Count != probabilities.Count)
            throw new ArgumentException($"Expected as many actual moods as predictions, and at least one: found {actual.Count} and {probabilities.Count}.");
        for (var song = 0; song < actual.Count; song++)
        {
            if (actual[song] < 0 || actual[song] >= moodCount)
                throw new ArgumentException($"Song {song} has the mood {actual[song]}, but there are {moodCount} moods, counted from 0.");
            if (probabilities[song].Length != moodCount)
                throw new ArgumentException($"Song {song} has {probabilities[song].Length} probabilities for {moodCount} moods.");
            if (probabilities[song].Any(score => score is < 0 or > 1.0001f)) // softmax in single precision may end just above 1
                throw new ArgumentException($"Song {song} has a probability that is not in [0, 1]: {string.Join(", ", probabilities[song])}.");
        }
    }
}
