namespace SongMood.Audio.Mp3;

/// <summary>
/// Reads each Layer III frame's side information and keeps count of the bit reservoir, so that all who ask come to the same answer, whether
/// they decode or only plan.
/// </summary>
internal sealed class FrameGate : IFrameGate
{
    private int _reservoir;

    public SideInformation Side { get; } = new();

    /// <summary>Takes the next frame's bytes. A break before it (or damage in it) empties the reservoir.</summary>
    public FrameState Pass(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame)
    {
        if (followsBreak)
            _reservoir = 0;
        var ownLength = frame.Length - header.MainDataOffset;
        if (ownLength < 0
            || !Side.TryRead(frame[(header.MainDataOffset - header.SideInformationLength)..header.MainDataOffset], header)
            || Side.MainDataBits > 8 * (Side.MainDataBegin + ownLength))
        {
            _reservoir = 0;
            return FrameState.Damaged;
        }

        var isThere = Side.MainDataBegin <= _reservoir;
        _reservoir = Math.Min(BitReservoir.Reach, _reservoir + ownLength);
        return isThere ? FrameState.Decodable : FrameState.MissesMainData;
    }
}
