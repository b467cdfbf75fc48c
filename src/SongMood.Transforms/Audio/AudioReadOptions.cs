using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>What to read of an audio input, in which form, and how much it may cost.</summary>
public sealed record AudioReadOptions
{
    /// <summary>Where to begin, to the nearest sample. Default: the start.</summary>
    public TimeSpan Offset { get; init; } = TimeSpan.Zero;

    /// <summary>How much to read at most. Default: null, to the end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Mix down to one channel, the mean of all. Default: false, all channels.</summary>
    public bool Mono { get; init; }

    /// <summary>The sample rate to give, 1000 to 768,000 Hz, by <see cref="Resampler"/>. Default: null, the input's own.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Whether speed may cost some exactness. Default: <see cref="AudioQuality.Exact"/>.</summary>
    public AudioQuality Quality { get; init; } = AudioQuality.Exact;

    /// <summary>The most bytes an input may have. Default: 512 MiB.</summary>
    public long MaxBytes { get; init; } = 512L << 20;

    /// <summary>
    /// The longest audio to decode at once, so that a few bytes cannot fill the memory; of
    /// <see cref="AudioFile.ReadPieces(string, TimeSpan, AudioReadOptions?)"/>, the longest piece. Default: one hour.
    /// </summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The most bytes that the samples decoded at once may take, four for each sample of each channel: a few bytes can stand for an hour of
    /// silence in eight channels at a high rate. Default: 4 GiB, which is an hour of six channels at 48 kHz.
    /// </summary>
    public long MaxDecodedBytes { get; init; } = 4L << 30;

    /// <summary>The most bytes a tag (ID3, APE) may claim. Default: 64 MiB.</summary>
    public int MaxTagBytes { get; init; } = 64 << 20;

    /// <summary>Ends reading with an <see cref="OperationCanceledException"/>, within a few frames. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>
    /// Decoders for this call alone, asked in their order before those that <see cref="AudioFile.Register"/> added and before our own.
    /// Default: null, none.
    /// </summary>
    public IReadOnlyList<IAudioDecoder>? Decoders { get; init; }

    /// <summary>
    /// What to do about audio beyond a limit, for whoever reads through something that has options of its own: of too long audio, and of
    /// too many bytes, encoded or decoded. Null: these options are at hand, and are named.
    /// </summary>
    internal (string Longer, string Larger)? Advice { get; init; }

    /// <summary>
    /// An advice for where the whole file is taken into memory, whatever is asked for of it. Ten minutes are within all limits in usual
    /// formats; an hour as WAV is not.
    /// </summary>
    internal const string TakePart = "take a part of it, such as 'ffmpeg -i SONG -t 600 PART.wav' makes";

    private static string OrLess => $"read a part with {nameof(Offset)} and {nameof(Duration)}, "
        + $"or read all in short pieces with {nameof(AudioFile)}.{nameof(AudioFile.ReadPieces)}";

    internal static AudioReadOptions Default { get; } = new();

    internal void Validate()
    {
        var faults = new OptionFaults();
        faults.Need(Offset >= TimeSpan.Zero, nameof(Offset), Offset, "0 or more");
        faults.Need(Duration is null || Duration > TimeSpan.Zero, nameof(Duration), Duration, "more than 0 or null");
        faults.Need(
            SampleRate is not { } rate || SampleRates.Contains(rate), nameof(SampleRate), SampleRate, SampleRates.Range);
        faults.NeedDefined(Quality, nameof(Quality));
        faults.Need(MaxBytes is >= 1 and <= int.MaxValue, nameof(MaxBytes), MaxBytes, $"1 to {int.MaxValue}");
        faults.Need(MaxDuration > TimeSpan.Zero, nameof(MaxDuration), MaxDuration, "more than 0");
        faults.Need(MaxDecodedBytes >= sizeof(float), nameof(MaxDecodedBytes), MaxDecodedBytes, $"{sizeof(float)} or more");
        faults.Need(MaxTagBytes >= 0, nameof(MaxTagBytes), MaxTagBytes, "0 or more");
        faults.NeedAll(Decoders, nameof(Decoders));
        faults.ThrowIfAny(nameof(AudioReadOptions));
    }

    /// <summary>The part asked for of audio of this many samples: its first sample and how many.</summary>
    /// <exception cref="AudioFormatException">Nothing is there.</exception>
    internal (long Start, long Count) Select(long totalSamples, int sampleRate)
    {
        var start = SamplesIn(Offset, sampleRate);
        if (start >= totalSamples)
            throw new AudioFormatException(
                $"{nameof(Offset)} is {Offset}, but the audio lasts only {TimeSpan.FromSeconds((double)totalSamples / sampleRate)}");
        var count = totalSamples - start;
        return (start, Duration is { } duration ? Math.Min(count, Math.Max(1, SamplesIn(duration, sampleRate))) : count);
    }

    /// <summary>So many samples of each channel, to be decoded at once.</summary>
    /// <exception cref="AudioFormatException">These are more than the limits.</exception>
    internal int LengthAtOnce(long count, int sampleRate, int channelCount)
    {
        RequireLength(count, sampleRate);
        RequireRoom(count, channelCount);
        return (int)count;
    }

    /// <param name="count">So many samples.</param>
    /// <param name="sampleRate">So many a second.</param>
    /// <param name="orMore">Where there may be more of them: " or more".</param>
    /// <exception cref="AudioFormatException">They last longer than the limit.</exception>
    internal void RequireLength(long count, int sampleRate, string orMore = "")
    {
        if (count > SamplesIn(MaxDuration, sampleRate) || count > Array.MaxLength)
            throw new AudioFormatException(
                $"the audio lasts {TimeSpan.FromSeconds((double)count / sampleRate)}{orMore}, the limit is {MaxDuration}; "
                + (Advice?.Longer ?? $"raise {nameof(AudioReadOptions)}.{nameof(MaxDuration)}, {OrLess}"));
    }

    /// <exception cref="AudioFormatException">The input has more bytes than the limit.</exception>
    internal void RequireBytes(long length)
    {
        if (length > MaxBytes)
            throw new AudioFormatException($"the input has {length} bytes or more, the limit is {MaxBytes}; "
                + (Advice?.Larger ?? (MaxBytes < int.MaxValue ? $"raise {nameof(AudioReadOptions)}.{nameof(MaxBytes)} to read it"
                    : $"{AudioFile.FormatNames} of any size are read in pieces, with {nameof(AudioFile)}.{nameof(AudioFile.ReadPieces)}")));
    }

    /// <exception cref="AudioFormatException">So many samples of each channel take more bytes than the limit.</exception>
    internal void RequireRoom(long count, int channelCount)
    {
        if (count > MaxDecodedBytes / sizeof(float) / channelCount)
            throw new AudioFormatException(
                $"{Plural.Of(count, "sample")} in {Plural.Of(channelCount, "channel")} take {sizeof(float) * channelCount * (Int128)count} "
                + $"bytes, the limit is {MaxDecodedBytes}; "
                + (Advice?.Larger ?? $"raise {nameof(AudioReadOptions)}.{nameof(MaxDecodedBytes)}, {OrLess}"));
    }

    private static long SamplesIn(TimeSpan time, int sampleRate) =>
        (long)Math.Round(Math.Min(time.TotalSeconds * sampleRate, long.MaxValue / 2));
}
