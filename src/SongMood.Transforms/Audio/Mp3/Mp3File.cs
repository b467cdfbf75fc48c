using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>Reads Layer III files: of the frames that are needed for the part asked for, the samples that the encoder was given.</summary>
internal sealed class Mp3File : IAudioDecoder
{
    public IReadOnlyList<string> FileNameSuffixes { get; } = [".mp3", ".mpga"];

    public bool CanDecode(ReadOnlySpan<byte> bytes) =>
        !ForeignContent.IsMarked(bytes) && FrameIndex.HasFrames(bytes, int.MaxValue);

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var plan = Mp3Plan.Make(bytes.Span, options.MaxTagBytes);
        var text = Id3Text.Read(bytes.Span);
        var frames = plan.Index.Frames;
        long frameBytes = 0;
        foreach (var place in frames)
            frameBytes += place.Length;
        return new AudioInfo
        {
            Format = "MP3",
            SampleRate = plan.First.SampleRate,
            ChannelCount = plan.First.ChannelCount,
            Duration = TimeSpan.FromSeconds((double)plan.SampleCount / plan.First.SampleRate),
            BitRate = (int)Math.Round(8.0 * frameBytes * plan.First.SampleRate / ((double)frames.Count * plan.First.SampleCount)),
            IsVariableBitRate = frames.Any(place => place.Header.BitRate != plan.First.BitRate),
            Title = text.Title,
            Artist = text.Artist,
            Album = text.Album,
            Year = text.Year,
            Genre = text.Genre,
            Track = text.Track,
            Comment = text.Comment,
        };
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var plan = Mp3Plan.Make(bytes.Span, options.MaxTagBytes);
        var (start, count) = options.Select(plan.SampleCount, plan.First.SampleRate);
        var output = new Mp3Output(plan.First, options, start + plan.Skipped, count);
        new Mp3Range(plan, bytes.Span).Decode(output, options.CancellationToken);
        return new Waveform(output.Channels, output.SampleRate, plan.DamagedCount);
    }
}
