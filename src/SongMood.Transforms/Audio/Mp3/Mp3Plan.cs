namespace SongMood.Audio.Mp3;

/// <summary>
/// What decoding a stream will give, found without decoding: which frames can be decoded, and which of their samples are the
/// original's.
/// </summary>
internal sealed class Mp3Plan
{
    // A decoder's own delay: 528 samples of the filterbanks and 1 of the encoder's counting (LAME tag specification).
    private const int DecoderDelay = 529;

    private Mp3Plan(FrameIndex index) => Index = index;

    public FrameIndex Index { get; }

    /// <summary>The frames that can be decoded.</summary>
    public List<FramePlace> Frames { get; } = [];

    /// <summary>Frames left out, and stretches of bytes that are no frame.</summary>
    public int DamagedCount { get; private set; }

    public FrameHeader First => Index.Frames[0].Header;

    /// <summary>Samples a channel that decoding all gives.</summary>
    public long DecodedSamples => (long)Frames.Count * First.SampleCount;

    /// <summary>Decoded samples before the original's first.</summary>
    public int Skipped { get; private set; }

    /// <summary>Samples a channel of the original; up to 529 of them may lie past the last frame, in the filterbanks.</summary>
    public long SampleCount { get; private set; }

    /// <summary>Plans a stream.</summary>
    /// <exception cref="AudioFormatException">There is no audio in it.</exception>
    public static Mp3Plan Make(ReadOnlySpan<byte> bytes, int maxTagBytes)
    {
        var plan = new Mp3Plan(FrameIndex.Build(bytes, maxTagBytes));
        if (plan.Index.Frames.Count == 0)
            throw new AudioFormatException(
                plan.Index.VbrHeader is null
                    ? "no MPEG Layer III frames were found"
                    : "this MP3 has a header frame but no audio after it; is it cut off?",
                frameIndex: 0,
                bytePosition: Math.Max(0, plan.Index.Start));
        plan.Survey(bytes);
        plan.Trim();
        if (plan.SampleCount <= 0)
            throw new AudioFormatException(
                $"{plan.Index.Frames.Count} MPEG Layer III frames were found, {plan.DamagedCount} of them damaged, and no audio remains; "
                + "is the file cut off?",
                frameIndex: 0,
                bytePosition: plan.Index.Start);
        return plan;
    }

    private void Survey(ReadOnlySpan<byte> bytes)
    {
        DamagedCount = Index.BreakCount + (Index.IsCutShort ? 1 : 0);
        Frames.EnsureCapacity(Index.Frames.Count);
        var gate = new FrameGate();
        foreach (var place in Index.Frames)
            if (gate.Pass(place, bytes) == FrameState.Decodable)
                Frames.Add(place);
            else
                DamagedCount++;
    }

    // The LAME tag promises FrameCount frames less delay and padding. Where a file has been cut short its padding is gone with its
    // end, and where it has more frames than it says, something has been added: then the end is where the frames end.
    private void Trim()
    {
        SampleCount = DecodedSamples;
        if (Index.VbrHeader is not { HasDelays: true } vbr)
            return;
        Skipped = (int)Math.Min(DecodedSamples, vbr.EncoderDelay + DecoderDelay);
        SampleCount = DecodedSamples - Skipped;
        var said = vbr.FrameCount ?? Index.Frames.Count;
        if (said == Index.Frames.Count)
            SampleCount += DecoderDelay - vbr.EncoderPadding;
        else if (said > Index.Frames.Count)
            SampleCount = Math.Min(SampleCount, (long)said * First.SampleCount - vbr.EncoderDelay - vbr.EncoderPadding);
    }
}
