namespace SongMood.Audio.Flac;

/// <summary>
/// Reads FLAC streams: of any depth, number of channels and rate that RFC 9639 allows, whole or without their beginning; in Ogg,
/// too.
/// </summary>
internal sealed class FlacFile : IStreamDecoder
{
    public IReadOnlyList<string> FileNameSuffixes { get; } = [".flac", ".oga"];

    public bool CanDecode(ByteSource input) => OggFlac.TryFind(input, out _) || FlacLayout.IsAt(input);

    public AudioInfo Probe(ByteSource input, AudioReadOptions options) => Info(Layout(input, options), input, options);

    public SampleStream Open(ByteSource input, AudioReadOptions options) => new FlacStream(Layout(input, options), options);

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var layout = Layout(input, options);
        return (new FlacStream(layout, options), Info(layout, input, options));
    }

    private static AudioInfo Info(FlacLayout layout, ByteSource input, AudioReadOptions options)
    {
        var seconds = (double)layout.SampleCount / layout.First.SampleRate;
        var text = layout.Metadata?.Text ?? new();
        text.AddId3(input, options.MaxTagBytes);
        return text.AddTo(new AudioInfo
        {
            Format = "FLAC",
            SampleRate = layout.First.SampleRate,
            ChannelCount = layout.First.Header.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, Math.Round(8 * (layout.Last.EndPosition - layout.First.Position) / seconds)),
            IsVariableBitRate = true,
        });
    }

    private static FlacLayout Layout(ByteSource input, AudioReadOptions options) =>
        FlacLayout.Read(OggFlac.Unwrap(input, options.CancellationToken), options.MaxTagBytes);
}
