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
        var plan = Mp3Plan.Make(input, options);
        var text = Id3Text.Read(input, options.MaxTagBytes);
        return new AudioInfo
        {
            Format = "MP3",
            SampleRate = plan.First.SampleRate,
            ChannelCount = plan.First.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)plan.SampleCount / plan.First.SampleRate),
            BitRate = plan.BitRate,
            IsVariableBitRate = plan.IsVariableBitRate,
            Title = text.Title,
            Artist = text.Artist,
            Album = text.Album,
            Year = text.Year,
            Genre = text.Genre,
            Track = text.Track,
            Comment = text.Comment,
        };
    }

    public SampleStream Open(ByteSource input, AudioReadOptions options) => new Mp3Stream(Mp3Plan.Make(input, options), options);
}
