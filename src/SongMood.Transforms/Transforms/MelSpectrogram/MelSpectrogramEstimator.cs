namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="MelSpectrogramTransformer"/>; it learns nothing.</summary>
public sealed class MelSpectrogramEstimator : ColumnEstimator<MelSpectrogramTransformer>
{
    internal MelSpectrogramEstimator(MelSpectrogramTransformer transformer)
        : base(transformer)
    {
    }
}
