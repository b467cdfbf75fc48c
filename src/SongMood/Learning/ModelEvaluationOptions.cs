namespace SongMood.Learning;

/// <summary>What <see cref="ModelEvaluation"/> can be told besides the songs.</summary>
public sealed record ModelEvaluationOptions
{
    /// <summary>
    /// A file that <see cref="FeatureExtraction"/> wrote from the same songs with what the model listens to, so that no song is decoded.
    /// Default null: songs are listened to.
    /// </summary>
    public string? FeatureFile { get; init; }

    /// <summary>
    /// The songs that the model was trained on, to check that none of them, and none of their groups, is measured. Default null: not known.
    /// </summary>
    public LabelledSongs? TrainedOn { get; init; }

    /// <summary>The seed of the intervals. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What a report calls the groups, such as the column that they were read from. Default "artist".</summary>
    public string GroupName { get; init; } = "artist";

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(FeatureFile is not "", nameof(FeatureFile), "\"\"", "a file, or null");
        faults.Need(!string.IsNullOrEmpty(GroupName), nameof(GroupName), GroupName is null ? null : "\"\"", "a word, such as \"artist\"");
        faults.ThrowIfAny(nameof(ModelEvaluationOptions));
    }
}
