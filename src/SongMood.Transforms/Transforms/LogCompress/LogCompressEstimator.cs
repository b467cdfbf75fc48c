namespace SongMood.Transforms;

/// <summary>Estimator of <see cref="LogCompressTransformer"/>; it learns nothing.</summary>
public sealed class LogCompressEstimator : ColumnEstimator<LogCompressTransformer>
{
    internal LogCompressEstimator(LogCompressTransformer transformer)
        : base(transformer)
    {
    }
}
