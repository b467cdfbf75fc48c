using SongMood.Learning;

namespace SongMood.Catalogue;

/// <summary>What a worker is to do with each song.</summary>
internal sealed record CatalogueJob
{
    public required CatalogueContent Content { get; init; }

    public required int Threads { get; init; }

    public string? ModelPath { get; init; }

    public bool WithFeatures { get; init; }

    public bool WithEmbedding { get; init; }

    public bool WithDescriptors { get; init; }

    public TimeSpan? MaximumDuration { get; init; }

    public double? UnsureBelow { get; init; }

    /// <summary>What is computed to learn from.</summary>
    public SongInput? Inputs { get; init; }

    public double? Seconds { get; init; }

    /// <summary>The label file, for errors.</summary>
    public string? LabelFile { get; init; }

    public static CatalogueJob Of(CatalogueOptions options) => new()
    {
        Content = options.IsForIndex ? CatalogueContent.Index : CatalogueContent.Predictions,
        Threads = options.Threads ?? Environment.ProcessorCount,
        ModelPath = options.ModelPath,
        WithFeatures = options.WithFeatures || options.IsForIndex,
        WithEmbedding = options.WithEmbedding || options.IsForIndex,
        WithDescriptors = options.WithDescriptors,
        MaximumDuration = options.MaximumDuration,
        UnsureBelow = options.UnsureBelow,
    };

    public ISongWork Begin(Func<Exception, string> describe) =>
        Content == CatalogueContent.Features ? new FeatureWork(this, describe) : new PredictionWork(this, describe);
}
