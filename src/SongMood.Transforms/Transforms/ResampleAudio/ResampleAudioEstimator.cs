namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="ResampleAudioTransformer"/>; it learns nothing.</summary>
public sealed class ResampleAudioEstimator : ColumnEstimator<ResampleAudioTransformer>
{
    internal ResampleAudioEstimator(ResampleAudioTransformer transformer)
        : base(transformer)
    {
    }
}
