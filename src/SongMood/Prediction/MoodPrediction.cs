using System.Globalization;

namespace SongMood.Prediction;

/// <summary>The mood of one song.</summary>
/// <param name="Mood">The most probable mood; of equal ones, the model's first.</param>
/// <param name="Scores">The probability of every mood, in the model's order. They sum to 1.</param>
public sealed record MoodPrediction(string Mood, IReadOnlyDictionary<string, float> Scores)
{
    /// <summary>Frames that are lost: damaged, or missing at the end of a file that is cut off. 0 for a sound file.</summary>
    public int DamagedFrameCount { get; init; }

    /// <summary>
    /// What makes the prediction doubtful, found in the audio: none for a sound recording. Most speech is told from
    /// music (<see cref="PredictionRemarkKind.Speech"/>).
    /// </summary>
    public IReadOnlyList<PredictionRemark> Remarks { get; init; } = [];

    /// <summary>What a model's scores say.</summary>
    internal static MoodPrediction Of(IReadOnlyList<string> moods, float[] scores)
    {
        var byMood = new OrderedDictionary<string, float>(scores.Length);
        foreach (var (mood, score) in moods.Zip(scores))
            byMood.Add(mood, score);
        return new MoodPrediction(moods[Array.IndexOf(scores, scores.Max())], byMood);
    }

    /// <summary>Such as "calm 62 % (happy 21 %, sad 12 %, energetic 5 %)", with the remarks behind.</summary>
    public override string ToString()
    {
        var others = Scores.Where(score => score.Key != Mood).OrderByDescending(score => score.Value)
            .Select(score => $"{score.Key} {Percent(score.Value)}");
        return $"{Mood} {Percent(Scores[Mood])} ({string.Join(", ", others)})" + string.Concat(Remarks.Select(remark => $"; {remark}"));

        static string Percent(float share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");
    }
}
