using SongMood.Prediction;

namespace SongMood.Cli.Predict;

/// <summary>
/// The remarks of a run that people read: that a model's scores are no probabilities is said of the first song alone, as it is so of all.
/// </summary>
internal sealed class ToldRemarks
{
    private bool _isModelTold;

    public IEnumerable<PredictionRemark> Of(MoodPrediction prediction) => prediction.Remarks.Where(IsNews);

    private bool IsNews(PredictionRemark remark)
    {
        if (remark.Kind != PredictionRemarkKind.NoProbabilities)
            return true;
        var isFirst = !_isModelTold;
        _isModelTold = true;
        return isFirst;
    }
}
