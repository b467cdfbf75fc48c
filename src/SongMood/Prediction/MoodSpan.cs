using System.Globalization;

namespace SongMood.Prediction;

/// <summary>The mood of a part of a song.</summary>
/// <param name="Start">Where it begins, from the start of the song.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Mood">The mood.</param>
/// <param name="Scores">The probability of every mood, in the model's order. They sum to 1.</param>
public sealed record MoodSpan(TimeSpan Start, TimeSpan End, string Mood, IReadOnlyDictionary<string, float> Scores)
{
    /// <inheritdoc cref="MoodPrediction.Valence"/>
    public float? Valence => MoodPlane.Place(Scores)?.Valence;

    /// <inheritdoc cref="MoodPrediction.Arousal"/>
    public float? Arousal => MoodPlane.Place(Scores)?.Arousal;

    /// <summary>Such as "0:15 to 1:02: calm 62 %".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Clock(Start)} to {Clock(End)}: {Mood} {100 * Scores[Mood]:F0} %");

    /// <summary>To the nearest second: windows begin where a frame does, so that one from 0 to 15 s ends at 14.98.</summary>
    private static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }
}
