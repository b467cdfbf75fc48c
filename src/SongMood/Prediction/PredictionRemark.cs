namespace SongMood.Prediction;

/// <summary>What a <see cref="PredictionRemark"/> is about.</summary>
public enum PredictionRemarkKind
{
    /// <summary>A part of the file could not be decoded and was left out.</summary>
    Damage,

    /// <summary>Two seconds or more, and a tenth or more of the audio, are zeros: the file may be incomplete.</summary>
    DigitalSilence,

    /// <summary>Less than a second is louder than -60 dB of full scale, or less than half of the audio.</summary>
    TooLittleSound,

    /// <summary>More than one sample in a thousand is cut off at full scale: it was recorded or mixed too loud.</summary>
    Clipping,

    /// <summary>It is one sine, or another sound that does not change: a test tone.</summary>
    PureTone,

    /// <summary>
    /// It sounds like speech, by its pauses, its fast changes of level and its lack of a beat (Scheirer and Slaney, 1997), over three
    /// seconds or more. It found 86 % of the speech it was not fitted on, less in noise or echo, and it accused none of 600 clips of music
    /// by artists it was not fitted on; sparse music may be taken for speech. Speech over music, rap and a spoken beginning are not meant
    /// to be found.
    /// </summary>
    Speech,

    /// <summary>
    /// The model's scores are no probabilities: one is below 0, or their sum is not 1 to the hundredth. So a graph without a softmax
    /// gives them, and some of ML.NET's trainers (naive Bayes, one versus all without calibration). The highest is the mood all the same;
    /// percentages, thresholds, <see cref="MoodPrediction.Valence"/> and <see cref="MoodPrediction.Arousal"/> say nothing.
    /// </summary>
    NoProbabilities,
}

/// <summary>A reason to doubt a prediction, found in the audio or in what the model says of it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">A sentence for people, with the figures.</param>
public sealed record PredictionRemark(PredictionRemarkKind Kind, string Text)
{
    /// <summary>The sentence.</summary>
    public override string ToString() => Text;
}
