namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="LoadAudioTransformer"/>; it reads no file when fitting.</summary>
public sealed class LoadAudioEstimator : ColumnEstimator<LoadAudioTransformer>
{
    internal LoadAudioEstimator(LoadAudioTransformer transformer)
        : base(transformer)
    {
    }
}
