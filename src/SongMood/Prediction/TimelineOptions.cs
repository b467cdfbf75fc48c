namespace SongMood.Prediction;

/// <summary>How a song is followed over time (<see cref="MoodPredictor.PredictTimeline"/>).</summary>
public sealed record TimelineOptions
{
    /// <summary>
    /// How much of the song each window hears, 1 to 600 s, to the nearest number of patches of a model that hears patches (those of the
    /// pretrained one last 2.97 s and begin every 1.49 s), and no more than a model takes that takes a part of a song. Default: 15 s.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// From the start of a window to that of the next, 0.1 to 600 s, to the nearest patch, one at least; the last window ends where the
    /// song does, and may begin sooner. A model that does not hear patches hears each window anew, so that half the step costs twice as
    /// much. Default: 3 s.
    /// </summary>
    public TimeSpan Hop { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The standard deviation, in time, of the bell curve by which each window's scores are averaged with those around it; 0 to 600 s, 0
    /// for scores as they are. Default: 3 s.
    /// </summary>
    public TimeSpan Smoothing { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a section lasts at least, 0 to 1 hour; a shorter song is one section. Default: 10 s.</summary>
    public TimeSpan MinimumSection { get; init; } = TimeSpan.FromSeconds(10);

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Window.TotalSeconds is >= 1 and <= 600, nameof(Window), Window, "1 to 600 s");
        faults.Need(Hop.TotalSeconds is >= 0.1 and <= 600, nameof(Hop), Hop, "0.1 to 600 s");
        faults.Need(Smoothing.TotalSeconds is >= 0 and <= 600, nameof(Smoothing), Smoothing, "0 to 600 s");
        faults.Need(MinimumSection.TotalSeconds is >= 0 and <= 3600, nameof(MinimumSection), MinimumSection, "0 to 3600 s");
        faults.ThrowIfAny(nameof(TimelineOptions));
    }
}
