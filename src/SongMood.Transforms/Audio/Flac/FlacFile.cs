using SongMood.Audio.Ogg;
namespace SongMood.Audio.Flac;

/// <summary>
/// Reads FLAC streams: of any depth, number of channels and rate that RFC 9639 allows, whole or without their beginning; in Ogg,
/// too.
/// </summary>
internal sealed class FlacFile : IStreamDecoder
{
    public IReadOnlyList<string> FileNameSuffixes { get; } = [".flac", ".oga"];

    public bool CanDecode(ByteSource input) => OggFlac.TryFind(input, out _) || FlacLayout.IsAt(input);

    public AudioInfo Probe(ByteSource input, AudioReadOptions options) => Info(Parts(input, options).Layouts, input, options);

    public SampleStream Open(ByteSource input, AudioReadOptions options) => Open(Parts(input, options), options);

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var parts = Parts(input, options);
        return (Open(parts, options), Info(parts.Layouts, input, options));
    }

    private static AudioInfo Info(IReadOnlyList<FlacLayout> parts, ByteSource input, AudioReadOptions options)
    {
        var first = parts[0].First;
        var seconds = (double)FlacChain.LengthOf(parts) / first.SampleRate;
        var text = parts[0].Metadata?.Text ?? new();
        text.AddAround(input, options.MaxTagBytes);
        return text.AddTo(new AudioInfo
        {
            Format = "FLAC",
            SampleRate = first.SampleRate,
            ChannelCount = first.Header.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, Math.Round(8 * parts.Sum(part => part.Last.EndPosition - part.First.Position) / seconds)),
            IsVariableBitRate = true,
        });
    }

    private static SampleStream Open((IReadOnlyList<FlacLayout> Layouts, OggLinks? Links) parts, AudioReadOptions options)
    {
        var first = parts.Layouts[0];
        if (parts.Layouts.Count > 1 || parts.Links is { OtherCount: > 0 })
            return new FlacChain(parts.Layouts, parts.Links, options);
        var (start, count) = options.Select(first.SampleCount, first.First.SampleRate);
        return new FlacStream(first, first.First.Header.ChannelCount, start, count, options.CancellationToken);
    }

    private static (IReadOnlyList<FlacLayout> Layouts, OggLinks? Links) Parts(ByteSource input, AudioReadOptions options)
    {
        var (streams, links) = OggFlac.Unwrap(input, options.CancellationToken);
        return (FlacParts.Read(streams, options), links);
    }
}
