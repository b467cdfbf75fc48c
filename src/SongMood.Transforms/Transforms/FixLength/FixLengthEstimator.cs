namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="FixLengthTransformer"/>; it learns nothing.</summary>
public sealed class FixLengthEstimator : ColumnEstimator<FixLengthTransformer>
{
    internal FixLengthEstimator(FixLengthTransformer transformer)
        : base(transformer)
    {
    }
}
