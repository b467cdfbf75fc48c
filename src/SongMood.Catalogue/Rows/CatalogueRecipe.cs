using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>All that rows depend on besides the songs: rows of one recipe may stand in one file.</summary>
internal sealed record CatalogueRecipe
{
    public required CatalogueContent Content { get; init; }

    /// <summary>The version of SongMood.</summary>
    public required string SongMood { get; init; }

    /// <summary>The model's id (<see cref="Prediction.MoodPredictor.ModelId"/>); of features to learn from, the fingerprint of what
    /// computes them.</summary>
    public required string Model { get; init; }

    /// <summary>The model's moods, in the order of the scores.</summary>
    public string[] Moods { get; init; } = [];

    public bool WithFeatures { get; init; }

    public bool WithEmbedding { get; init; }

    public int EmbeddingSize { get; init; }

    /// <summary>The descriptors' names; none where there are no descriptors, or these have no names.</summary>
    public string[] DescriptorNames { get; init; } = [];

    public bool WithDescriptors { get; init; }

    public TimeSpan? MaximumDuration { get; init; }

    public double? UnsureBelow { get; init; }

    /// <summary>What is computed to learn from.</summary>
    public SongInput? Inputs { get; init; }

    /// <summary>How much of each song is computed to learn from.</summary>
    public double? Seconds { get; init; }
}

/// <summary>What rows are for.</summary>
internal enum CatalogueContent
{
    /// <summary>Moods, and what else a predictor tells.</summary>
    Predictions,

    /// <summary>The same for a <see cref="Similarity.SongIndex"/>.</summary>
    Index,

    /// <summary>Features to learn from.</summary>
    Features,
}
