using SongMood.Prediction;

namespace SongMood.Catalogue;

/// <summary>All that is known of a song. What was not asked for, or could not be told, is null.</summary>
internal sealed class CatalogueRow
{
    /// <summary>Its place in the whole list, from 0, by which shards are put together again.</summary>
    public long Position { get; set; }

    public string Path { get; set; } = "";

    public long? FileBytes { get; set; }

    public DateTime? FileModified { get; set; }

    /// <summary>As <see cref="Audio.AudioInfo"/> says it, and so are those up to <see cref="Genre"/>.</summary>
    public string? Format { get; set; }

    public int? SampleRateHz { get; set; }

    public int? Channels { get; set; }

    public double? DurationSeconds { get; set; }

    public string? Title { get; set; }

    public string? Artist { get; set; }

    public string? Album { get; set; }

    public string? Year { get; set; }

    public string? Genre { get; set; }

    /// <summary>The most probable mood; of features to learn from, the label.</summary>
    public string? Mood { get; set; }

    /// <summary>What must not be on both sides of a split, such as the artist; only of features to learn from.</summary>
    public string? Group { get; set; }

    /// <summary>In the order of <see cref="CatalogueRecipe.Moods"/>.</summary>
    public float[]? Scores { get; set; }

    public bool? IsUnsure { get; set; }

    public double? HeardSeconds { get; set; }

    public int? DamagedFrames { get; set; }

    public string[]? RemarkKinds { get; set; }

    public string[]? Remarks { get; set; }

    public MusicFeatures? Features { get; set; }

    public float[]? Embedding { get; set; }

    /// <summary>In the order of <see cref="CatalogueRecipe.DescriptorNames"/>; of features to learn from, whatever these are.</summary>
    public float[]? Descriptors { get; set; }

    /// <summary>The mel spectrogram beside descriptors.</summary>
    public float[]? Mel { get; set; }

    public string? Error { get; set; }

    public FileState FileState
    {
        get => new(FileBytes, FileModified);
        set => (FileBytes, FileModified) = (value.Bytes, value.Modified);
    }

    /// <summary>What a predictor said, as it said it.</summary>
    /// <param name="moods">The model's moods.</param>
    public MoodPrediction? ToPrediction(IReadOnlyList<string> moods) => Scores is null ? null : MoodPrediction.Of(moods, Scores) with
    {
        IsUnsure = IsUnsure,
        Embedding = Embedding ?? [],
        Duration = TimeSpan.FromSeconds(HeardSeconds ?? 0),
        Features = Features,
        DamagedFrameCount = DamagedFrames ?? 0,
        Remarks = [.. (RemarkKinds ?? []).Zip(Remarks ?? [],
            (kind, text) => new PredictionRemark(Enum.Parse<PredictionRemarkKind>(kind), text))],
    };
}
