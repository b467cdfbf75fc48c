namespace SongMood.Prediction;

/// <summary>How <see cref="MoodPredictor.PredictManyAsync(IEnumerable{SongSource}, PredictManyOptions?, CancellationToken)"/> goes through
/// songs.</summary>
public sealed record PredictManyOptions
{
    /// <summary>Songs that are heard at once, each on a core, 1 or more; the results are the same for any number. Default (null): all
    /// cores. A predictor that hears songs in no other way is best loaded with one core a song
    /// (<see cref="MoodPredictorOptions.CoresPerSong"/>).</summary>
    public int? Threads { get; init; }

    /// <summary>Told how many songs are done, after each one. Default (null): nobody.</summary>
    public IProgress<int>? Progress { get; init; }

    /// <summary>
    /// How to follow each song over time; its prediction is then that of the timeline (<see cref="MoodTimeline.Song"/>). Default (null):
    /// not at all.
    /// </summary>
    public TimelineOptions? Timeline { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Threads is null or >= 1, nameof(Threads), Threads, "1 or more, or null");
        faults.ThrowIfAny(nameof(PredictManyOptions));
        Timeline?.Validate();
    }
}
