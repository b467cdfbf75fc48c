namespace SongMood.Prediction;

/// <summary>The mood of a song over time.</summary>
/// <param name="Song">
/// The mood of the song, from all of it: what <see cref="MoodPredictor.Predict(SongSource, CancellationToken)"/> tells, where the model
/// hears whole songs. A model that takes a part, such as the first 30 seconds, hears the song in parts of this length here, one after the
/// other, and this is their mean.
/// </param>
/// <param name="Windows">
/// Parts of one length that overlap, in order, with their smoothed scores (<see cref="TimelineOptions"/>): one or more. The last ends where
/// the song does, or its last patch of a model that hears patches, so that its step may be shorter than the others.
/// </param>
/// <param name="Sections">
/// Where one mood holds: one or more, side by side, from the start of the song to its end. Neighbours have different moods. Their scores
/// are the means over the windows whose middles lie in them. What would be shorter than <see cref="TimelineOptions.MinimumSection"/>
/// is counted to the neighbour that suits it better.
/// </param>
public sealed record MoodTimeline(MoodPrediction Song, IReadOnlyList<MoodSpan> Windows, IReadOnlyList<MoodSpan> Sections)
{
    /// <summary>The song's mood, and the sections: "calm 62 % (...): 0:00 to 1:02: calm 71 %, 1:02 to 3:20: happy 55 %".</summary>
    public override string ToString() => $"{Song}: {string.Join(", ", Sections)}";
}
