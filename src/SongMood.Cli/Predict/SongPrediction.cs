using SongMood.Learning;
using SongMood.Playlists;
using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>What came out for one song: a prediction, or why there is none.</summary>
/// <param name="Path">The audio file, or the table that the song's numbers are in.</param>
/// <param name="Prediction">The prediction.</param>
/// <param name="Error">Why there is none.</param>
internal sealed record SongPrediction(string Path, MoodPrediction? Prediction, string? Error)
{
    /// <summary>The row of the table; null for an audio file.</summary>
    public LabelledSong? Row { get; init; }

    /// <summary>The mood over time; null where it was not asked for.</summary>
    public MoodTimeline? Timeline { get; init; }

    /// <summary>Why the song has its mood; null where it was not asked for.</summary>
    public MoodExplanation? Explanation { get; init; }

    /// <summary>The song in a playlist; null where none was asked for.</summary>
    public PlaylistEntry? Entry { get; init; }

    /// <summary>Whether it is one of the songs that were asked for.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>What a person calls the song.</summary>
    public string Name =>
        Row is null ? Path : string.Join(", ", new[] { $"line {Row.Line}", Row.Title ?? Row.Id, Row.Artist }.OfType<string>());
}
