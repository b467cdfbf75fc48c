using SongMood.Audio;
using SongMood.Audio.Mp3;
using SongMood.Audio.Tags;
using SongMood.Formats.MpegLayers;

namespace SongMood.Formats;

/// <summary>MPEG-1 and MPEG-2 Layers I and II (ISO/IEC 11172-3 and 13818-3), also at the rates of MPEG-2.5.</summary>
internal sealed class MpegLayersDecoder : WindowDecoder
{
    private const int ChainLength = 4;

    public override IReadOnlyList<string> FileNameSuffixes { get; } = [".mp1", ".mp2"];

    public override string FormatName => "MPEG Layers I and II";

    public override bool CanDecode(ByteSource input) =>
        ForeignContent.FindLayer(input) is OtherStream.Layer1 or OtherStream.Layer2 || BeginsWithFrames(input);

    public override AudioInfo Probe(ByteSource input, AudioReadOptions options) => Info(Plan(input, options), input, options);

    public override SampleStream Open(ByteSource input, AudioReadOptions options) => new PlannedStream(Plan(input, options), options);

    public override (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var plan = Plan(input, options);
        return (new PlannedStream(plan, options), Info(plan, input, options));
    }

    private static FramePlan Plan(ByteSource input, AudioReadOptions options) =>
        FramePlan.Make(input, options, LayersOneAndTwo.Of(input, options));

    private static AudioInfo Info(FramePlan plan, ByteSource input, AudioReadOptions options) =>
        plan.Summary.ToInfo(plan.First.Layer == 1 ? "MP1" : "MP2", input, options);

    // What is not known by frames whose lengths their headers say: free format, and a file of one frame, which must make sense.
    private static bool BeginsWithFrames(ByteSource input)
    {
        if (ForeignContent.IsMarked(input))
            return false;
        var layers = new LayersOneAndTwo(true);
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        var start = TagSkipper.AudioStart(audio);
        if (!new FrameSearch(audio, layers).TryBegin(start, ChainLength, out var stream))
            return false;
        var length = stream.LengthOf(stream.Header);
        return start + length < audio.Length
            || layers.MakeGate().Pass(stream.Header, false, audio.At(start, length)[..length]) == FrameState.Decodable;
    }
}
