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
        return new FrameSearch(audio).TryFindStart(TagSkipper.AudioStart(audio), out _, out _);
    }

    public AudioInfo Probe(ByteSource input, AudioReadOptions options) =>
        Info(HeaderSummary.TryRead(input, options) ?? Mp3Plan.Make(input, options).Summary, input, options);

    public SampleStream Open(ByteSource input, AudioReadOptions options) => new Mp3Stream(Mp3Plan.Make(input, options), options);

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var plan = Mp3Plan.Make(input, options);
        return (new Mp3Stream(plan, options), Info(HeaderSummary.TryRead(input, options) ?? plan.Summary, input, options));
    }

    private static AudioInfo Info(HeaderSummary said, ByteSource input, AudioReadOptions options) =>
        TagText.ReadId3(input, options.MaxTagBytes).AddTo(new AudioInfo
        {
            Format = "MP3",
            SampleRate = said.First.SampleRate,
            ChannelCount = said.First.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)said.SampleCount / said.First.SampleRate),
            BitRate = said.BitRate,
            IsVariableBitRate = said.IsVariableBitRate,
        });
}
