using SongMood.Audio.Tags;

namespace SongMood.Audio.Mp3;

/// <summary>
/// What decoding a stream will give, found without decoding: which frames can be decoded, which of their samples are the original's, and
/// what is lost. It takes a walk over the frames, and memory for little more than a point in every hundred of them.
/// </summary>
internal sealed class FramePlan
{
    /// <summary>A decoder's own delay: 528 samples of the filterbanks and 1 of the encoder's counting (LAME tag specification).</summary>
    public const int DecoderDelay = 529;

    private readonly List<FrameSegment> _segments = [];
    private VbrHeader? _vbrHeader;
    private readonly FrameWalker _walker;
    private readonly ByteSource _lead; // what is between the tags at the start and the first frame
    private long _leftOutCount, _frameCount, _frameBytes, _skippedByteCount;
    private bool _hasOtherChannels;

    private FramePlan(ByteSource input, AudioReadOptions options, IMpegLayers layers)
    {
        Layers = layers;
        Audio = input.Slice(0, TagSkipper.AudioEnd(input));
        var audioStart = TagSkipper.AudioStart(Audio, options.MaxTagBytes);
        if (!new FrameSearch(Audio, layers).TryFindStart(audioStart, out var stream, out var start))
            throw new AudioFormatException($"no {layers.Name} frames were found", frameIndex: 0, bytePosition: start);
        Start = start;
        _lead = Audio.Slice(audioStart, start - audioStart);
        _walker = new FrameWalker(Audio, new WalkPosition(start, stream, false), options.MaxTagBytes, layers);
        MaxTagBytes = options.MaxTagBytes;
    }

    /// <summary>Whose frames they are.</summary>
    public IMpegLayers Layers { get; }

    /// <summary>The input without the tags at its end.</summary>
    public ByteSource Audio { get; }

    /// <summary>The limit that the walk was made with.</summary>
    public int MaxTagBytes { get; }

    /// <summary>The first byte of the first frame (or VBR header frame).</summary>
    public long Start { get; }

    /// <summary>The stretches of one sample rate and length of frames, each with frames that can be decoded.</summary>
    public IReadOnlyList<FrameSegment> Segments => _segments;

    /// <summary>The first frame's header: its rate and channels are those of all that comes out.</summary>
    public FrameHeader First => _segments[0].First;

    /// <summary>Decoded samples before the original's first.</summary>
    public int Skipped { get; private set; }

    /// <summary>
    /// Samples a channel of the original, at the first rate; up to 529 of them may lie past the last frame, in the filterbanks.
    /// </summary>
    public long SampleCount { get; private set; }

    /// <summary>Bits a second, the mean of all frames.</summary>
    public int BitRate { get; private set; }

    /// <summary>Whether the frames have different bit rates.</summary>
    public bool IsVariableBitRate { get; private set; }

    /// <summary>What is lost.</summary>
    public AudioDamage Damage { get; private set; } = AudioDamage.None;

    /// <summary>What a first frame tells of a file, where it does.</summary>
    public HeaderSummary Summary => new(First, SampleCount, BitRate, IsVariableBitRate);

    private double Seconds => (double)SampleCount / First.SampleRate;

    /// <summary>Plans a stream of some layers.</summary>
    /// <exception cref="AudioFormatException">There is no audio in it.</exception>
    public static FramePlan Make(ByteSource input, AudioReadOptions options, IMpegLayers layers)
    {
        var plan = new FramePlan(input, options, layers);
        plan.Survey(options.CancellationToken);
        plan.Trim();
        plan.CountLosses();
        return plan;
    }

    private void Survey(CancellationToken cancellation)
    {
        var gate = Layers.MakeGate();
        var seconds = 0.0;
        var from = _walker.Position;
        for (FrameHeader? first = null; _walker.TryNext(out var place); from = _walker.Position)
        {
            cancellation.ThrowIfCancellationRequested();
            var header = place.Header;
            var frame = Audio.At(place.Position, place.Length)[..place.Length];
            if (place.Position == Start && (_vbrHeader = VbrHeader.TryRead(header, frame)) is not null)
                continue;
            if (_segments.Count == 0 || !_segments[^1].Takes(header))
                StartSegment(header);
            var isDecodable = gate.Pass(header, place.FollowsBreak, frame) == FrameState.Decodable;
            _segments[^1].Add(from, place, isDecodable);
            _leftOutCount += isDecodable ? 0 : 1;
            _hasOtherChannels |= isDecodable && header.ChannelCount != First.ChannelCount;
            _frameCount++;
            _frameBytes += place.Length;
            seconds += (double)header.SampleCount / header.SampleRate;
            IsVariableBitRate |= header.BitRate != (first ??= header).BitRate;
        }

        BitRate = (int)Math.Round(8 * _frameBytes / Math.Max(seconds, 1e-9));
        if (_frameCount == 0)
            throw new AudioFormatException(
                "this MP3 has a header frame but no audio after it; is it cut off?", frameIndex: 0, bytePosition: Start);
        StartSegment(default);
        _segments.RemoveAt(_segments.Count - 1);
        if (_segments.Count == 0)
            throw new AudioFormatException(
                $"{Plural.Of(_frameCount, $"damaged {Layers.Name} frame")} and no other {Plural.Word(_frameCount, "was", "were")} found, "
                + "so that no audio remains; is the file cut off?",
                frameIndex: 0,
                bytePosition: Start);
    }

    // One of which no frame can be decoded says nothing of what comes out.
    private void StartSegment(FrameHeader first)
    {
        if (_segments.Count > 0 && _segments[^1].FrameCount == 0)
            _segments.RemoveAt(_segments.Count - 1);
        _segments.Add(new FrameSegment(first));
    }

    // The LAME tag promises FrameCount frames less delay and padding. Where a file has been cut short its padding is gone with its
    // end, and where it has more frames than it says, something has been added: then the end is where the frames end.
    private void Trim()
    {
        var decoded = JoinedStream.LengthOf([.. _segments.Select(segment => (segment.SampleCount, segment.First.SampleRate))]);
        SampleCount = decoded;
        if (_vbrHeader is not { HasDelays: true } vbr)
            return;
        var said = vbr.FrameCount ?? _frameCount;
        if (vbr.EncoderDelay + vbr.EncoderPadding >= Math.Max(said * First.SampleCount, decoded))
            return; // a tag that cuts all that there is cannot be right
        var skipped = vbr.EncoderDelay + DecoderDelay; // may lie past the last frame, where the original is in the filterbanks
        var count = decoded - skipped;
        if (said == _frameCount && _segments.Count == 1)
            count = decoded - vbr.EncoderDelay - vbr.EncoderPadding;
        else if (said > _frameCount)
            count = Math.Min(count, said * First.SampleCount - vbr.EncoderDelay - vbr.EncoderPadding);
        if (count > 0) // of a file that was cut short, not even the delay may be left
            (Skipped, SampleCount) = (skipped, count);
    }

    private void CountLosses()
    {
        var promised = _vbrHeader?.FrameCount;
        var isAllThere = promised <= _frameCount; // then any number of bytes of one value before and behind it is padding
        var lost = _leftOutCount + _walker.BreakCount;
        _skippedByteCount = _walker.SkippedByteCount;
        if (isAllThere && Padding.IsFill(Audio, _walker.End) && !Padding.IsOnly(Audio, _walker.End))
            lost--;
        if (!Padding.IsOnly(_lead, 0) && !(isAllThere && Padding.IsFill(_lead, 0)))
        {
            lost++;
            _skippedByteCount += _lead.Length;
        }

        lost = Math.Max(lost, (promised ?? 0) - (_frameCount - _leftOutCount));
        if (lost == 0 && !_hasOtherChannels)
            return;
        Damage = new AudioDamage
        {
            HasOtherChannels = _hasOtherChannels,
            LostFrameCount = (int)Math.Min(lost, int.MaxValue),
            SkippedByteCount = _skippedByteCount,
            Decoded = TimeSpan.FromSeconds(Seconds),
            Promised = Promise(promised) is { } seconds && seconds > Seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    // What the header says, or, where none does, what the bytes would be at the bit rate of those that are frames.
    private double? Promise(int? frameCount)
    {
        if (frameCount > _segments[0].FrameCount)
            return ((double)frameCount * First.SampleCount - Skipped) / First.SampleRate;
        return Seconds * (_frameBytes + _skippedByteCount) / (_frameBytes * (1 - (double)_leftOutCount / _frameCount));
    }
}
