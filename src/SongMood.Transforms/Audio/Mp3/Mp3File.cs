using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>Reads Layer III files: of the frames that are needed for the part asked for, the samples that the encoder was given.</summary>
internal sealed class Mp3File : IStreamDecoder
{
    public IReadOnlyList<string> FileNameSuffixes { get; } = [".mp3", ".mpga"];

    public bool CanDecode(ByteSource input)
    {
        if (ForeignContent.IsMarked(input))
            return false;
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        return new FrameSearch(audio, LayerThree.Instance).TryFindStart(TagSkipper.AudioStart(audio), out _, out _);
    }

    public AudioInfo Probe(ByteSource input, AudioReadOptions options) =>
        (HeaderSummary.TryRead(input, options) ?? Plan(input, options).Summary).ToInfo("MP3", input, options);

    public SampleStream Open(ByteSource input, AudioReadOptions options) => new PlannedStream(Plan(input, options), options);

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var plan = Plan(input, options);
        return (new PlannedStream(plan, options), (HeaderSummary.TryRead(input, options) ?? plan.Summary).ToInfo("MP3", input, options));
    }

    private static FramePlan Plan(ByteSource input, AudioReadOptions options) => FramePlan.Make(input, options, LayerThree.Instance);
}
