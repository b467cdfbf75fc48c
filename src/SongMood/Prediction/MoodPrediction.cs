using System.Globalization;

namespace SongMood.Prediction;

/// <summary>The mood of one song.</summary>
/// <param name="Mood">The most probable mood; of equal ones, the model's first.</param>
/// <param name="Scores">
/// The probability of every mood, in the model's order. They sum to 1; a model whose scores are another measure gives these as they are
/// (<see cref="PredictionRemarkKind.NoProbabilities"/>).
/// </param>
public sealed record MoodPrediction(string Mood, IReadOnlyDictionary<string, float> Scores)
{
    /// <summary>
    /// How pleasant the song is, -1 (sad, tense) to 1 (happy, calm): P(happy) + P(calm) - P(energetic) - P(sad). Null where the model's
    /// moods are not these four, whatever their order and case: other moods have no known place on the plane.
    /// </summary>
    public float? Valence => MoodPlane.Place(Scores)?.Valence;

    /// <summary>
    /// How excited the song is, -1 (sad, calm) to 1 (happy, energetic): P(happy) + P(energetic) - P(sad) - P(calm). Null where the
    /// model's moods are not these four, as for <see cref="Valence"/>.
    /// </summary>
    public float? Arousal => MoodPlane.Place(Scores)?.Arousal;

    /// <summary>
    /// Whether the score of <see cref="Mood"/> is below the threshold (<see cref="MoodPredictorOptions.UnsureBelow"/>, else the model's
    /// own, <see cref="MoodPredictor.Confidence"/>). Null where there is none: models of earlier versions and of other makers hold none.
    /// </summary>
    public bool? IsUnsure { get; init; }

    /// <summary>
    /// What the model made of the song before it named a mood, for comparing songs: vectors of one model are alike, by their cosine, where
    /// songs sound alike. A model that hears patches (<c>MusicEmbedding</c>) gives their pooled embedding, which has 256 numbers in the
    /// pretrained one; another network of SongMood's gives the values before its last layer. Empty for models that end in something else.
    /// </summary>
    public IReadOnlyList<float> Embedding { get; init; } = [];

    /// <summary>Which model the embedding is of; null where nobody knows.</summary>
    internal Lazy<string>? ModelId { get; init; }

    /// <summary>How much was heard: all of the song, or the part that the model takes.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the song sounds like; null where <see cref="MoodPredictorOptions.WithFeatures"/> did not ask for it.</summary>
    public MusicFeatures? Features { get; init; }

    /// <summary>Frames that are lost: damaged, or missing at the end of a file that is cut off. 0 for a sound file.</summary>
    public int DamagedFrameCount { get; init; }

    /// <summary>
    /// What makes the prediction doubtful, found in the audio, or in scores that are no probabilities: none for a sound recording and a
    /// model such as SongMood's. Most speech is told from music (<see cref="PredictionRemarkKind.Speech"/>).
    /// </summary>
    public IReadOnlyList<PredictionRemark> Remarks { get; init; } = [];

    /// <summary>What a model's scores say.</summary>
    internal static MoodPrediction Of(IReadOnlyList<string> moods, float[] scores)
    {
        var byMood = new OrderedDictionary<string, float>(scores.Length);
        foreach (var (mood, score) in moods.Zip(scores))
            byMood.Add(mood, score);
        return new MoodPrediction(moods[Array.IndexOf(scores, scores.Max())], byMood)
        {
            Remarks = RemarkOn(scores) is { } remark ? [remark] : [],
        };
    }

    // Half-precision graphs, and sums of many moods, are not far off.
    private static PredictionRemark? RemarkOn(float[] scores)
    {
        const double Rounding = 0.01;
        var sum = scores.Sum(score => (double)score);
        return scores.Min() >= -Rounding && Math.Abs(sum - 1) <= Rounding ? null : new(PredictionRemarkKind.NoProbabilities,
            string.Create(CultureInfo.InvariantCulture, $"the model's scores are no probabilities: they go from {scores.Min():G4} to "
                + $"{scores.Max():G4} and add up to {sum:G4}, not to 1; only their order counts"));
    }

    /// <summary>Such as "calm 62 % (happy 21 %, sad 12 %, energetic 5 %)", with "unsure" and the remarks behind.</summary>
    public override string ToString()
    {
        var others = Scores.Where(score => score.Key != Mood).OrderByDescending(score => score.Value)
            .Select(score => $"{score.Key} {Percent(score.Value)}");
        return $"{Mood} {Percent(Scores[Mood])} ({string.Join(", ", others)})" + (IsUnsure == true ? "; unsure" : "")
            + string.Concat(Remarks.Select(remark => $"; {remark}"));

        static string Percent(float share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");
    }
}
