namespace SongMood.Cli.Predict;

/// <summary>One of the forms in which predictions are printed.</summary>
internal interface IPredictionWriter
{
    void Write(SongPrediction song);

    /// <summary>Called once, behind the last song.</summary>
    void End();
}
