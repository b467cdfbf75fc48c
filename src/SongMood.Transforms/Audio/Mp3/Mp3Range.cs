namespace SongMood.Audio.Mp3;

/// <summary>Decodes the frames that a part of a stream needs.</summary>
internal ref struct Mp3Range(Mp3Plan plan, ReadOnlySpan<byte> bytes)
{
    // Two frames before the first one wanted bring the overlap and the synthesis to what they would be: a granule's samples depend
    // on its own lines, on the overlap of the granule before, and on 15 slots before it, which had an overlap themselves.
    private const int WarmUpFrames = 2;

    private const int MaxFrameSamples = 1152;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Fills <paramref name="output"/>.</summary>
    public readonly void Decode(Mp3Output output, CancellationToken cancellation)
    {
        // In samples of the output's rate from here on.
        var frameSamples = plan.First.SampleCount / output.RateDivisor;
        var firstWanted = (int)Math.Min(output.Start / frameSamples, plan.Frames.Count - 1);
        var firstDecoded = Math.Max(0, firstWanted - WarmUpFrames);
        var decoder = output.MakeDecoder();
        float[] left = new float[MaxFrameSamples], right = new float[MaxFrameSamples];
        var all = plan.Index.Frames;
        var next = FeedFrom(all, plan.Frames[firstDecoded].Position, out var firstAt);
        for (var position = (long)firstDecoded * frameSamples; next < all.Count && position < output.End; next++)
        {
            cancellation.ThrowIfCancellationRequested();
            var place = all[next];
            if (!decoder.Decode(place, _bytes, left, right, next >= firstAt))
                continue;
            output.Add(left, right, output.IsHalfRate ? 1 : place.Header.ChannelCount, frameSamples, position);
            position += frameSamples;
        }

        var decoded = (long)plan.Frames.Count * frameSamples;
        if (output.End > decoded)
        {
            var count = decoder.Flush(plan.First.ChannelCount, left, right);
            output.Add(left, right, output.IsHalfRate ? 1 : plan.First.ChannelCount, count, decoded);
        }
    }

    // The frame to begin at so that the reservoir is full when the one at this byte is decoded; firstAt is that one's index.
    private static int FeedFrom(IReadOnlyList<FramePlace> all, int position, out int firstAt)
    {
        int low = 0, high = all.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Position < position)
                low = middle + 1;
            else
                high = middle;
        }

        firstAt = low;
        var begin = low;
        for (var mainData = 0; begin > 0 && mainData < BitReservoir.Reach;)
        {
            begin--;
            mainData += all[begin].Length - all[begin].Header.MainDataOffset;
        }

        return begin;
    }
}
