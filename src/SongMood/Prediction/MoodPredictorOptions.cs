namespace SongMood.Prediction;

/// <summary>What a <see cref="MoodPredictor"/> takes.</summary>
public sealed record MoodPredictorOptions
{
    /// <summary>
    /// The longest audio that is listened to, so that one file cannot keep a server busy for a day; longer audio is an error that names
    /// this option. Default: 10 hours.
    /// </summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(10);

    /// <summary>Tests shorten it.</summary>
    internal TimeSpan PieceLength { get; init; } = SongPieces.Length;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(MaximumDuration > TimeSpan.Zero, nameof(MaximumDuration), MaximumDuration, "more than 0");
        faults.ThrowIfAny(nameof(MoodPredictorOptions));
    }
}
