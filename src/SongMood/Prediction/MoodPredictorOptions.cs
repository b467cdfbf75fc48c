using SongMood.Audio;

namespace SongMood.Prediction;

/// <summary>What a <see cref="MoodPredictor"/> takes, and what it tells.</summary>
public sealed record MoodPredictorOptions
{
    /// <summary>
    /// The longest audio that is listened to, so that one file cannot keep a server busy for a day; longer audio is an error that names
    /// this option. Default: 10 hours.
    /// </summary>
    public TimeSpan MaximumDuration { get; init; } = TimeSpan.FromHours(10);

    /// <summary>
    /// Whether speed may cost some exactness when MP3s are decoded; clipping is then looked for in the mono mix. Default (null): as the
    /// model's <c>LoadAudio</c> says.
    /// </summary>
    public AudioQuality? Quality { get; init; }

    /// <summary>
    /// The score below which a prediction is unsure (<see cref="MoodPrediction.IsUnsure"/>), 0 to 1. Default (null): as the model says
    /// (<see cref="MoodPredictor.Confidence"/>).
    /// </summary>
    public double? UnsureBelow { get; init; }

    /// <summary>
    /// Whether to compute <see cref="MoodPrediction.Features"/> too, which takes about as long again as the mood by the pretrained model.
    /// Default: false.
    /// </summary>
    public bool WithFeatures { get; init; }

    /// <summary>
    /// The cores that a network over patches, as the pretrained model has, may use for one song, 1 or more; the answer is the same. 1 suits
    /// whoever hears many songs at once, on a server or by <c>PredictManyAsync</c>: the cores have other songs to hear, and networks that
    /// share them get in each other's way (a fifth more processor time, measured on two cores). Default (null): all, which answers soonest
    /// for one song. Other networks always use all: what a recurrent one says depends on the number in the last digit.
    /// </summary>
    public int? CoresPerSong { get; init; }

    /// <summary>What to do about a song that lasts longer.</summary>
    internal static string LongerAdvice => $"raise {nameof(MoodPredictorOptions)}.{nameof(MaximumDuration)} "
        + "('songmood predict --max-hours'), or take a part of it";

    /// <summary>
    /// The most bytes of a song that is not heard in pieces, as those are not which an added decoder reads at once. The tool and a
    /// catalogue take more: who gives them songs has the memory for it.
    /// </summary>
    internal long MaximumBytesAtOnce { get; init; } = AudioReadOptions.Default.MaxBytes;

    /// <summary>Tests shorten it.</summary>
    internal TimeSpan PieceLength { get; init; } = SongPieces.Length;

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(MaximumDuration > TimeSpan.Zero, nameof(MaximumDuration), MaximumDuration, "more than 0");
        if (Quality is { } quality)
            faults.NeedDefined(quality, nameof(Quality));
        faults.Need(UnsureBelow is null or (>= 0 and <= 1), nameof(UnsureBelow), UnsureBelow, "0 to 1, or null");
        faults.Need(CoresPerSong is null or >= 1, nameof(CoresPerSong), CoresPerSong, "1 or more, or null");
        faults.ThrowIfAny(nameof(MoodPredictorOptions));
    }
}
