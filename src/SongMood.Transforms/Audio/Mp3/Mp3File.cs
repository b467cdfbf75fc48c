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

    public AudioInfo Probe(ByteSource input, AudioReadOptions options)
    {
        var said = HeaderSummary.TryRead(input, options) ?? Walk(input, options);
        return TagText.ReadId3(input, options.MaxTagBytes).AddTo(new AudioInfo
        {
            Format = "MP3",
            SampleRate = said.First.SampleRate,
            ChannelCount = said.First.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)said.SampleCount / said.First.SampleRate),
            BitRate = said.BitRate,
            IsVariableBitRate = said.IsVariableBitRate,
        });
    }

    private static HeaderSummary Walk(ByteSource input, AudioReadOptions options)
    {
        var plan = Mp3Plan.Make(input, options);
        return new HeaderSummary(plan.First, plan.SampleCount, plan.BitRate, plan.IsVariableBitRate);
    }

    public SampleStream Open(ByteSource input, AudioReadOptions options) => new Mp3Stream(Mp3Plan.Make(input, options), options);
}
