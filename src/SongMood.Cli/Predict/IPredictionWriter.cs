namespace SongMood.Cli.Predict;

/// <summary>One of the forms in which predictions are printed.</summary>
internal interface IPredictionWriter
{
    void Write(SongPrediction song);

    /// <summary>Shows what was written so far, where others may come only after a long time.</summary>
    void Pause();

    /// <summary>Called once, behind the last song.</summary>
    void End();
}
