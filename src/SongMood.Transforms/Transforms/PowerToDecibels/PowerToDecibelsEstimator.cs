namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="PowerToDecibelsTransformer"/>; it learns nothing.</summary>
public sealed class PowerToDecibelsEstimator : ColumnEstimator<PowerToDecibelsTransformer>
{
    internal PowerToDecibelsEstimator(PowerToDecibelsTransformer transformer)
        : base(transformer)
    {
    }
}
