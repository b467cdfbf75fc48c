using SongMood.Dsp;

namespace SongMood.Transforms;

internal static class Waveforms
{
    public const string Expected = "a waveform, a vector of Single with one dimension, as LoadAudio writes it";

    public static bool IsWaveform(this ColumnForm input) => input.IsFloatVector && input.Dimensions.Length == 1;

    /// <summary>
    /// Why a waveform column cannot be taken as sampled at this rate; null where it can. A column that says nothing of its rate, such
    /// as one of an app's own, is taken at its word.
    /// </summary>
    public static string? RateFault(this ColumnForm input, int sampleRate, string optionName) => input.SampleRate switch
    {
        null => null,
        ColumnForm.VaryingRate =>
            $"column '{input.Name}' has a sample rate of its own in every row, but one is needed: give LoadAudio a SampleRate "
            + $"({sampleRate} for this transform as it is)",
        var rate when rate == sampleRate => null,
        var rate => $"column '{input.Name}' has {rate} samples a second, but {optionName} is {sampleRate}: "
            + $"load or resample it at {sampleRate} (LoadAudio's SampleRate, ResampleAudio), or set {optionName} to {rate}",
    };

    /// <summary>Refuses waveforms that are known to be too short for one frame; others are refused when the row is read.</summary>
    public static void RequireFrame(this ColumnForm input, ColumnTransformer transformer, SpectrogramOptions options)
    {
        if (!options.Center && input.Size > 0 && input.Size < options.SamplesPerFrame)
            throw transformer.Refusal(input.Name, $"a waveform of {input.Size} samples",
                $"at least the {options.SamplesPerFrame} of one frame: choose a smaller FftLength, or set Center");
    }
}
