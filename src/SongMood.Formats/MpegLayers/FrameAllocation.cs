using SongMood.Audio.Mp3;

namespace SongMood.Formats.MpegLayers;

/// <summary>
/// What a frame of Layer I or II says before its scale factors: how many bits each subband has, and, in Layer II, how many scale factors
/// (ISO/IEC 11172-3, 2.4.1.5 and 2.4.1.6). It tells whether the frame can be decoded.
/// </summary>
internal sealed class FrameAllocation(bool believesChecksums) : IFrameGate
{
    private const int Subbands = 32, FactorBits = 6, SlotsAPart = 12;

    private readonly QuantisationClass[] _classes = new QuantisationClass[2 * Subbands];
    private readonly int[] _selections = new int[2 * Subbands];

    /// <summary>The frame's header.</summary>
    public FrameHeader Header { get; private set; }

    /// <summary>Subbands that may have samples.</summary>
    public int Limit { get; private set; }

    /// <summary>The first subband of which both channels have the same codes; <see cref="Limit"/> where there is none.</summary>
    public int Bound { get; private set; }

    /// <summary>The first bit of the scale factors.</summary>
    public int End { get; private set; }

    /// <summary>Whether the checksum of the frame just taken is right; false where it has none.</summary>
    public bool HasRightChecksum { get; private set; }

    /// <summary>How a subband's samples are coded.</summary>
    public ref readonly QuantisationClass this[int channel, int subband] => ref _classes[Subbands * channel + subband];

    /// <summary>Layer II's scfsi of a subband (2.4.2.6); 2 in Layer I, where one scale factor serves all.</summary>
    public int Selection(int channel, int subband) => _selections[Subbands * channel + subband];

    /// <summary>Scale factors that are sent, by scfsi.</summary>
    public static int FactorCount(int selection) => selection switch { 0 => 3, 2 => 1, _ => 2 };

    public FrameState Pass(FrameHeader header, bool followsBreak, ReadOnlySpan<byte> frame) =>
        TryRead(header, frame) && (HasRightChecksum || !header.HasChecksum || !believesChecksums)
            ? FrameState.Decodable : FrameState.Damaged;

    private bool TryRead(FrameHeader header, ReadOnlySpan<byte> frame)
    {
        var start = 8 * FrameChecksum.DataStart(header);
        var table = AllocationTable.Of(header);
        (Header, Limit, Bound) = (header, table.Limit, Math.Min(header.IntensityBound, table.Limit));
        HasRightChecksum = false;
        var reader = new BitReader(frame, start);
        if (!TryReadClasses(ref reader, table))
            return false;
        ReadSelections(ref reader);
        End = reader.Position;
        if (End + CountBits() > 8 * frame.Length)
            return false;
        HasRightChecksum = header.HasChecksum && FrameChecksum.IsRight(frame, End - start);
        return true;
    }

    private bool TryReadClasses(ref BitReader reader, AllocationTable table)
    {
        for (var subband = 0; subband < Limit; subband++)
        {
            var classes = table.Classes(subband);
            var bits = int.Log2(classes.Length);
            for (var channel = 0; channel < Header.ChannelCount; channel++)
            {
                ref var own = ref _classes[Subbands * channel + subband];
                if (channel > 0 && subband >= Bound)
                    own = this[0, subband];
                else if (reader.Read(bits) is var number && number > 0 && classes[number].Bits == 0)
                    return false;
                else
                    own = classes[number];
            }
        }

        return true;
    }

    private void ReadSelections(ref BitReader reader)
    {
        for (var subband = 0; subband < Limit; subband++)
            for (var channel = 0; channel < Header.ChannelCount; channel++)
                if (this[channel, subband].Bits > 0)
                    _selections[Subbands * channel + subband] = Header.Layer == 1 ? 2 : reader.Read(2);
    }

    // Those of scale factors and samples.
    private int CountBits()
    {
        var triplets = Header.SampleCount / Subbands / 3;
        var count = 0;
        for (var subband = 0; subband < Limit; subband++)
            for (var channel = 0; channel < Header.ChannelCount; channel++)
                if (this[channel, subband] is { Bits: > 0 } coded)
                    count += FactorBits * FactorCount(Selection(channel, subband))
                        + (channel > 0 && subband >= Bound ? 0 : triplets * coded.TripletBits);
        return count;
    }
}
