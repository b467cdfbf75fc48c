namespace SongMood.Transforms;

/// <summary>Options of <c>ResampleAudio</c>.</summary>
public sealed class ResampleAudioOptions
{
    /// <summary>Samples a second of the output, 1 to 1,000,000. Default 22,050.</summary>
    public int SampleRate { get; init; } = 22050;

    /// <summary>
    /// Samples a second of the input. Default (null): what the column says, as LoadAudio writes it; it must be given for a column that
    /// says nothing.
    /// </summary>
    public int? FromSampleRate { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(SampleRate is >= 1 and <= 1_000_000, nameof(SampleRate), SampleRate, "1 to 1000000 Hz");
        faults.Need(FromSampleRate is null or (>= 1 and <= 1_000_000), nameof(FromSampleRate), FromSampleRate,
            "1 to 1000000 Hz, or null");
        faults.ThrowIfAny(nameof(ResampleAudioOptions));
    }
}
