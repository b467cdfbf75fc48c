namespace SongMood.Training;

/// <summary>What the trainers of networks over spectrograms can be told besides.</summary>
public abstract record SequenceOptions : NetworkOptions
{
    private protected SequenceOptions(int epochs, double learningRate) : base(epochs, learningRate)
    {
    }

    /// <summary>
    /// Train on this many frames of each row, at a place that is drawn anew each time; scoring always takes whole rows. A shorter row
    /// is repeated. At least 1. Default null: whole rows, which must then all have one length.
    /// </summary>
    public int? CropFrames { get; init; }

    /// <summary>Runs of frames that are masked in each row while training (Park et al., "SpecAugment", 2019). Default 0: off.</summary>
    public int TimeMaskCount { get; init; }

    /// <summary>The longest such run, in frames. Default 64.</summary>
    public int TimeMaskFrames { get; init; } = 64;

    /// <summary>Runs of bands that are masked in each row while training. Default 0: off.</summary>
    public int FrequencyMaskCount { get; init; }

    /// <summary>The widest such run, in bands. Default 16.</summary>
    public int FrequencyMaskBands { get; init; } = 16;

    private protected override void Check(OptionFaults faults)
    {
        base.Check(faults);
        faults.Need(CropFrames is null or >= 1, nameof(CropFrames), CropFrames, "at least 1, or null");
        faults.Need(TimeMaskCount >= 0, nameof(TimeMaskCount), TimeMaskCount, "not negative");
        faults.Need(TimeMaskFrames >= 1, nameof(TimeMaskFrames), TimeMaskFrames, "at least 1");
        faults.Need(FrequencyMaskCount >= 0, nameof(FrequencyMaskCount), FrequencyMaskCount, "not negative");
        faults.Need(FrequencyMaskBands >= 1, nameof(FrequencyMaskBands), FrequencyMaskBands, "at least 1");
    }
}
