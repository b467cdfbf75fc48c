namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="AmplitudeToDecibelsTransformer"/>; it learns nothing.</summary>
public sealed class AmplitudeToDecibelsEstimator : ColumnEstimator<AmplitudeToDecibelsTransformer>
{
    internal AmplitudeToDecibelsEstimator(AmplitudeToDecibelsTransformer transformer)
        : base(transformer)
    {
    }
}
