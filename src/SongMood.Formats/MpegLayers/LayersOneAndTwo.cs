using SongMood.Audio;
using SongMood.Audio.Mp3;
using SongMood.Audio.Tags;

namespace SongMood.Formats.MpegLayers;

/// <summary>Layers I and II.</summary>
/// <param name="believesChecksums">Whether a frame with a wrong checksum is lost.</param>
internal sealed class LayersOneAndTwo(bool believesChecksums) : IMpegLayers
{
    // Frames by whose checksums it is decided whether they are believed.
    private const int TriedFrames = 64;

    public string Name => "MPEG Layer I or II";

    public bool HasHalfRate => false;

    public bool Has(int layer) => layer is 1 or 2;

    public IFrameGate MakeGate() => new FrameAllocation(believesChecksums);

    public IFrameDecoder MakeDecoder(FrameForm form) => new LayersDecoder(believesChecksums);

    /// <summary>
    /// Those of an input. Some encoders write wrong checksums. One that is right does not come by chance: where the first frames have
    /// checksums, and all are wrong, none is believed.
    /// </summary>
    /// <exception cref="AudioFormatException">A tag is longer than the limit.</exception>
    public static LayersOneAndTwo Of(ByteSource input, AudioReadOptions options)
    {
        var allocation = new FrameAllocation(false);
        var wrongCount = 0;
        foreach (var (header, frame) in FirstFrames(input, options))
        {
            _ = allocation.Pass(header, false, frame.Span);
            if (allocation.HasRightChecksum)
                return new LayersOneAndTwo(true);
            wrongCount += header.HasChecksum ? 1 : 0;
        }

        return new LayersOneAndTwo(wrongCount == 0);
    }

    private static IEnumerable<(FrameHeader Header, ReadOnlyMemory<byte> Frame)> FirstFrames(ByteSource input, AudioReadOptions options)
    {
        var layers = new LayersOneAndTwo(false);
        var audio = input.Slice(0, TagSkipper.AudioEnd(input));
        if (!new FrameSearch(audio, layers).TryFindStart(TagSkipper.AudioStart(audio, options.MaxTagBytes), out var stream, out var start))
            yield break;
        var walker = new FrameWalker(audio, new WalkPosition(start, stream, false), options.MaxTagBytes, layers);
        for (var i = 0; i < TriedFrames && walker.TryNext(out var place); i++)
            yield return (place.Header, audio.At(place.Position, place.Length)[..place.Length].ToArray());
    }
}
