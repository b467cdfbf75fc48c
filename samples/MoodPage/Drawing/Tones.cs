namespace MoodPage.Drawing;

/// <summary>A colour for each mood, as a class of the style sheet.</summary>
internal static class Tones
{
    private const int OtherTones = 4;
    private static readonly string[] Known = ["happy", "energetic", "sad", "calm"];

    /// <summary>The mood's own where it has one, else one by its place among the model's moods.</summary>
    public static string Of(string mood, IReadOnlyDictionary<string, float> scores)
    {
        var name = mood.ToLowerInvariant();
        return Known.Contains(name) ? $"tone-{name}" : $"tone-other-{scores.Keys.TakeWhile(other => other != mood).Count() % OtherTones}";
    }
}
