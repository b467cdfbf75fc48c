using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Options of <c>ResampleAudio</c>.</summary>
public sealed record ResampleAudioOptions
{
    /// <summary>Samples a second of the output, 1000 to 768,000. Default 22,050.</summary>
    public int SampleRate { get; init; } = 22050;

    /// <summary>
    /// Samples a second of the input, 1000 to 768,000. Default (null): what the column says, as LoadAudio writes it; it must be given for a
    /// column that says nothing.
    /// </summary>
    public int? FromSampleRate { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(SampleRates.Contains(SampleRate), nameof(SampleRate), SampleRate, SampleRates.Range);
        faults.Need(FromSampleRate is not { } rate || SampleRates.Contains(rate), nameof(FromSampleRate), FromSampleRate,
            $"{SampleRates.Range}, or null");
        faults.ThrowIfAny(nameof(ResampleAudioOptions));
    }
}
