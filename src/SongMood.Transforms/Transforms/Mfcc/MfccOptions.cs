namespace SongMood.Transforms;

/// <summary>Options of <c>Mfcc</c>; the defaults are librosa.feature.mfcc's.</summary>
public sealed record MfccOptions
{
    /// <summary>
    /// Coefficients, from the 0th on; at most as many as the spectrogram has bands (librosa's n_mfcc) and 1024. Default 20.
    /// </summary>
    public int CoefficientCount { get; init; } = 20;

    /// <summary>Where above 0, coefficient k is scaled by 1 + lifter/2 sin(pi (k + 1) / lifter). Default 0: no scaling.</summary>
    public double Lifter { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(CoefficientCount is >= 1 and <= 1024, nameof(CoefficientCount), CoefficientCount, "from 1 to 1024");
        faults.Need(Lifter >= 0 && double.IsFinite(Lifter), nameof(Lifter), Lifter, "a number of 0 or more");
        faults.ThrowIfAny(nameof(MfccOptions));
    }
}
