namespace SongMood.Audio;

/// <summary>
/// A decoder that was added, as one of ours: it is shown the first bytes of an input and given all of them. One that reads through a window
/// itself is asked as it is.
/// </summary>
internal sealed class AddedDecoder(IAudioDecoder decoder) : IStreamDecoder
{
    // What it is shown of an input that is not in memory.
    private const int HeadLength = 1 << 16;

    public IReadOnlyList<string> FileNameSuffixes => decoder.FileNameSuffixes;

    public static IStreamDecoder Of(IAudioDecoder decoder) => decoder as IStreamDecoder ?? new AddedDecoder(decoder);

    public bool CanDecode(ByteSource input) => decoder.CanDecode(input.At(0, HeadLength));

    public AudioInfo Probe(ByteSource input, AudioReadOptions options) => decoder.Probe(Whole(input, options), options);

    public SampleStream Open(ByteSource input, AudioReadOptions options) => Samples(Decode(Whole(input, options), options));

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var bytes = Whole(input, options);
        var wave = Decode(bytes, options);
        var isWhole = options.Offset == TimeSpan.Zero && options.Duration is null;
        return (Samples(wave), isWhole ? decoder.Probe(bytes, options, wave) : decoder.Probe(bytes, options));
    }

    private static WaveformStream Samples(Waveform wave) => new(wave, 0, wave.SampleCount);

    private Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) =>
        SampleLimit.Checked(decoder.Decode(bytes, options), options.Offset);

    private static ReadOnlyMemory<byte> Whole(ByteSource input, AudioReadOptions options)
    {
        options.RequireBytes(input.Length);
        return input.All(options.CancellationToken);
    }
}
