namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="SpectrogramTransformer"/>; it learns nothing.</summary>
public sealed class SpectrogramEstimator : ColumnEstimator<SpectrogramTransformer>
{
    internal SpectrogramEstimator(SpectrogramTransformer transformer)
        : base(transformer)
    {
    }
}
