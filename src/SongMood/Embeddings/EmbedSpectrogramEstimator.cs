using SongMood.Transforms;

namespace SongMood.Embeddings;

/// <summary>Estimator of <see cref="EmbedSpectrogramTransformer"/>; it learns nothing.</summary>
public sealed class EmbedSpectrogramEstimator : ColumnEstimator<EmbedSpectrogramTransformer>
{
    internal EmbedSpectrogramEstimator(EmbedSpectrogramTransformer transformer)
        : base(transformer)
    {
    }
}
