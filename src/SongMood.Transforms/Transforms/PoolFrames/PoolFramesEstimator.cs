namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="PoolFramesTransformer"/>; it learns nothing.</summary>
public sealed class PoolFramesEstimator : ColumnEstimator<PoolFramesTransformer>
{
    internal PoolFramesEstimator(PoolFramesTransformer transformer)
        : base(transformer)
    {
    }
}
