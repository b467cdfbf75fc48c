namespace SongMood.Dsp;

/// <summary>How <see cref="Decibels"/> measures; the defaults are librosa.power_to_db's and amplitude_to_db's.</summary>
public sealed record DecibelOptions
{
    /// <summary>
    /// Whether 0 dB is the largest value of each call (librosa's ref=np.max) instead of <see cref="Reference"/>. Default false.
    /// </summary>
    public bool ReferenceIsMax { get; init; }

    /// <summary>The power or amplitude that is 0 dB; its sign does not count. Default 1.</summary>
    public double Reference { get; init; } = 1;

    /// <summary>
    /// Smaller powers or amplitudes, the reference included, count as this (librosa's amin). Default null: 1e-10 for powers, 1e-5 for
    /// amplitudes.
    /// </summary>
    public double? AMin { get; init; }

    /// <summary>Values more than this below the largest of the call are raised to it; null for no such limit. Default 80 dB.</summary>
    public double? TopDb { get; init; } = 80;

    internal void Validate()
    {
        var reference = double.IsFinite(Reference);
        // The square must be a normal float: amplitudes are measured by their squares.
        var aMin = AMin is null or (>= 1e-18 and <= 1e18);
        var topDb = TopDb is null or (>= 0 and <= double.MaxValue);
        if (reference && aMin && topDb)
            return; // asked for each spectrogram, which allocates nothing
        var faults = new OptionFaults();
        faults.Need(reference, nameof(Reference), Reference, "finite");
        faults.Need(aMin, nameof(AMin), AMin, "from 1e-18 to 1e18, or null");
        faults.Need(topDb, nameof(TopDb), TopDb, "at least 0, or null");
        faults.ThrowIfAny(nameof(DecibelOptions));
    }
}
