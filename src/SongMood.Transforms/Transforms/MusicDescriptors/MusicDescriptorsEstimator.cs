namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="MusicDescriptorsTransformer"/>; it learns nothing.</summary>
public sealed class MusicDescriptorsEstimator : ColumnEstimator<MusicDescriptorsTransformer>
{
    internal MusicDescriptorsEstimator(MusicDescriptorsTransformer transformer)
        : base(transformer)
    {
    }
}
