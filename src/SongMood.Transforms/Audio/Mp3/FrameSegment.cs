namespace SongMood.Audio.Mp3;

/// <summary>A point from which a segment can be decoded.</summary>
/// <param name="Walk">Where its next frame is looked for.</param>
/// <param name="FrameCount">Decodable frames of the segment before it.</param>
/// <param name="MainDataLength">Bytes of main data in the frames before it.</param>
internal readonly record struct Checkpoint(WalkPosition Walk, long FrameCount, long MainDataLength);

/// <summary>The frames of one sample rate and length that follow each other; most files have one segment.</summary>
/// <param name="first">Its first header.</param>
internal sealed class FrameSegment(FrameHeader first)
{
    // Frames from one checkpoint to the next: 16 kB of checkpoints an hour, and a fraction of a millisecond to pass over them.
    private const int CheckpointDistance = 128;

    private readonly List<Checkpoint> _checkpoints = [];
    private int _sinceCheckpoint = CheckpointDistance;
    private long _mainDataLength;

    public FrameHeader First => first;

    /// <summary>Frames that can be decoded.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Samples a channel that they decode to, at the segment's rate.</summary>
    public long SampleCount => FrameCount * first.SampleCount;

    /// <summary>Whether a frame goes on with the same rate and as many samples.</summary>
    public bool Takes(FrameHeader header) => (header.SampleRate, header.SampleCount) == (first.SampleRate, first.SampleCount);

    /// <summary>Adds the frame that the walk came to from this position.</summary>
    public void Add(in WalkPosition from, in FramePlace place, bool isDecodable)
    {
        if (_sinceCheckpoint++ == CheckpointDistance)
        {
            _checkpoints.Add(new Checkpoint(from, FrameCount, _mainDataLength));
            _sinceCheckpoint = 1;
        }

        _mainDataLength += Math.Max(0, place.Length - place.Header.MainDataOffset);
        FrameCount += isDecodable ? 1 : 0;
    }

    /// <summary>
    /// Where to begin so that the bit reservoir is full at a frame: it is fed from <c>Feed</c> on, and the frames count from
    /// <c>Count</c> on.
    /// </summary>
    public (Checkpoint Feed, Checkpoint Count) Before(long frame)
    {
        var count = _checkpoints.Count - 1;
        while (count > 0 && _checkpoints[count].FrameCount > frame)
            count--;
        var feed = count;
        while (feed > 0 && _checkpoints[feed].MainDataLength > _checkpoints[count].MainDataLength - BitReservoir.Reach)
            feed--;
        return (_checkpoints[feed], _checkpoints[count]);
    }
}
