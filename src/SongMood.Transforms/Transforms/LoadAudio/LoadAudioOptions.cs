using System.Text.Json.Serialization;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Options of <c>LoadAudio</c>.</summary>
public sealed record LoadAudioOptions
{
    private const int MaxFixedLength = 1 << 27; // 100 minutes at the default rate

    /// <summary>
    /// Samples a second, 1000 to 768,000, to which every file is resampled. Default 22,050, as librosa.load. Null keeps each file's own
    /// rate; the column then has no single rate, and spectrogram transforms refuse it.
    /// </summary>
    public int? SampleRate { get; init; } = 22050;

    /// <summary>Seconds to skip at the start, 0 to 1,000,000. Default 0.</summary>
    public double OffsetSeconds { get; init; }

    /// <summary>Seconds to keep at most, after the offset; above 0, to 1,000,000. Default (null): all.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>
    /// Whether shorter audio is padded with silence to <see cref="DurationSeconds"/>, so that every row has
    /// round(DurationSeconds x SampleRate) samples and the sizes of all columns made from it are known. Needs both, and at most 2^27
    /// samples. Default false.
    /// </summary>
    public bool FixedLength { get; init; }

    /// <summary>
    /// Whether speed may cost some exactness near the top of the spectrum of MP3s of twice the <see cref="SampleRate"/> or more. Default
    /// <see cref="AudioQuality.Exact"/>.
    /// </summary>
    public AudioQuality Quality { get; init; } = AudioQuality.Exact;

    /// <summary>The folder that relative paths start from. Default (null): the process's current folder. It is saved in models.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Decoders of this step alone, asked before those that <see cref="AudioFile.Register"/> added and before our own. Default (null):
    /// none. They are not saved in models: where a loaded model needs one, register it.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<IAudioDecoder>? Decoders { get; init; }

    internal int FixedSampleCount => checked((int)Math.Round(DurationSeconds!.Value * SampleRate!.Value));

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(SampleRate is not { } rate || SampleRates.Contains(rate), nameof(SampleRate), SampleRate,
            $"{SampleRates.Range}, or null");
        faults.Need(OffsetSeconds is >= 0 and <= 1e6, nameof(OffsetSeconds), OffsetSeconds, "0 to 1000000 seconds");
        faults.Need(DurationSeconds is null or (> 0 and <= 1e6), nameof(DurationSeconds), DurationSeconds,
            "above 0 and to 1000000 seconds, or null");
        faults.Need(!FixedLength || (DurationSeconds.HasValue && SampleRate.HasValue), nameof(FixedLength),
            "true without DurationSeconds and SampleRate", "both of them given");
        faults.Need(!FixedLength || DurationSeconds * SampleRate is null or (> 0.5 and <= MaxFixedLength), nameof(FixedLength),
            FormattableString.Invariant($"true for {DurationSeconds * SampleRate} samples"), $"1 to {MaxFixedLength} of them");
        faults.NeedDefined(Quality, nameof(Quality));
        faults.Need(Folder is null || Folder.Length > 0, nameof(Folder), "empty", "a folder, or null");
        faults.NeedAll(Decoders, nameof(Decoders));
        faults.ThrowIfAny(nameof(LoadAudioOptions));
    }
}
