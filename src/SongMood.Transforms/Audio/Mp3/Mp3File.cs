namespace SongMood.Audio.Mp3;

/// <summary>Reads a whole Layer III file: its frames in order, cut to the samples that the encoder was given.</summary>
internal static class Mp3File
{
    // A decoder's own delay: 528 samples of the filterbanks and 1 of the encoder's counting (LAME tag specification).
    private const int DecoderDelay = 529;

    private const int MaxFrameSamples = 1152;

    public static Waveform Read(ReadOnlySpan<byte> bytes, AudioReadOptions options)
    {
        var index = FrameIndex.Build(bytes, options.MaxTagBytes);
        var frames = index.Frames;
        if (frames.Count == 0)
            throw NoAudio(index);

        var reference = frames[0].Header;
        var channelCount = reference.ChannelCount;
        var decoder = new FrameDecoder();
        var samples = new float[channelCount][];
        for (var channel = 0; channel < channelCount; channel++)
            samples[channel] = new float[frames.Count * reference.SampleCount];
        var frameSamples = new[] { new float[MaxFrameSamples], new float[MaxFrameSamples] };
        var count = 0;
        var damaged = index.BreakCount;
        foreach (var place in frames)
        {
            if (place.FollowsBreak)
                decoder.Reset();
            if (!decoder.TryDecode(place.Header, bytes.Slice(place.Position, place.Length), frameSamples[0], frameSamples[1]))
            {
                damaged++;
                continue;
            }

            Append(place.Header, frameSamples, samples, count);
            count += place.Header.SampleCount;
        }

        var (start, end) = Trim(index, count);
        if (start == end)
            throw new AudioFormatException(
                $"{frames.Count} MPEG Layer III frames were found, {damaged} of them damaged, and no audio remains; is the file cut off?");
        for (var channel = 0; channel < channelCount; channel++)
            samples[channel] = samples[channel][start..end];
        return new Waveform(samples, reference.SampleRate, damaged);
    }

    // A stream may change between one and two channels; what comes out keeps the first frame's.
    private static void Append(FrameHeader header, float[][] frame, float[][] samples, int at)
    {
        var count = header.SampleCount;
        if (samples.Length == 1 && header.ChannelCount == 2)
            for (var i = 0; i < count; i++)
                samples[0][at + i] = 0.5f * (frame[0][i] + frame[1][i]);
        else
            for (var channel = 0; channel < samples.Length; channel++)
                frame[Math.Min(channel, header.ChannelCount - 1)].AsSpan(0, count).CopyTo(samples[channel].AsSpan(at));
    }

    // The LAME tag promises FrameCount frames less delay and padding. A file cut short has lost its padding first, and one with
    // more frames than it says has been added to: then the end is where the frames end.
    private static (int Start, int End) Trim(FrameIndex index, int count)
    {
        if (index.VbrHeader is not { HasDelays: true } vbr)
            return (0, count);
        var start = Math.Min(count, vbr.EncoderDelay + DecoderDelay);
        var frames = vbr.FrameCount ?? index.Frames.Count;
        if (index.Frames.Count > frames)
            return (start, count);
        var promised = Math.Max(0, frames * (long)index.Frames[0].Header.SampleCount - vbr.EncoderDelay - vbr.EncoderPadding);
        return (start, (int)Math.Min(count, start + promised));
    }

    private static AudioFormatException NoAudio(FrameIndex index) =>
        new(index.HasAnyFrame
            ? "this MP3 has a header frame but no audio after it; is it cut off?"
            : "no MPEG Layer III frames were found; is this an MP3 file?");
}
