namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="MfccTransformer"/>; it learns nothing.</summary>
public sealed class MfccEstimator : ColumnEstimator<MfccTransformer>
{
    internal MfccEstimator(MfccTransformer transformer)
        : base(transformer)
    {
    }
}
