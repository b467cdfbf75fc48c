namespace SongMood.Transforms;

/// <summary>Which part of a row that is too long is kept.</summary>
public enum CropPart
{
    /// <summary>The first part.</summary>
    Start,

    /// <summary>The part around the middle.</summary>
    Middle,

    /// <summary>The last part.</summary>
    End,
}

/// <summary>Options of <c>FixLength</c>: exactly one of <see cref="Count"/> and <see cref="Seconds"/>.</summary>
public sealed record FixLengthOptions
{
    /// <summary>The length: frames of a spectrogram, samples of a waveform; 1 to 2^28. Default: not given.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// The length in seconds, above 0 and to 100,000: samples = round(seconds x rate); frames = 1 + floor(samples / hop), as many as the
    /// centred spectrogram of such a waveform has. Needs a column that knows its sample rate. Default: not given.
    /// </summary>
    public double? Seconds { get; init; }

    /// <summary>Which part of a longer row is kept. Default: the start.</summary>
    public CropPart Keep { get; init; } = CropPart.Start;

    /// <summary>
    /// What a shorter row is padded with, at its end. Default (null): silence, which is 0 in a waveform and the row's own smallest
    /// value in a spectrogram, right for power, decibels and scaled ones alike.
    /// </summary>
    public float? PadValue { get; init; }

    internal void Validate()
    {
        var faults = new OptionFaults();
        var given = Count.HasValue ? "both given" : "neither given";
        faults.Need(Count.HasValue != Seconds.HasValue, "Count and Seconds", given, "exactly one");
        faults.Need(Count is null or (>= 1 and <= 1 << 28), nameof(Count), Count, $"from 1 to {1 << 28}");
        faults.Need(Seconds is null or (> 0 and <= 1e5), nameof(Seconds), Seconds, "above 0 and to 100000");
        faults.NeedDefined(Keep, nameof(Keep));
        faults.Need(PadValue is null || float.IsFinite(PadValue.Value), nameof(PadValue), PadValue, "a finite number or null");
        faults.ThrowIfAny(nameof(FixLengthOptions));
    }
}
