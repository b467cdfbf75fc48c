namespace SongMood.Formats.Opus;

/// <summary>What codes a frame (RFC 6716, 3.1).</summary>
internal enum OpusMode
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Linear prediction, for speech.</summary>
    Silk,

    /// <summary>Linear prediction to 8 kHz, the transform above.</summary>
    Hybrid,

    /// <summary>The transform.</summary>
    Celt,
}

/// <summary>The first byte of a packet (RFC 6716, 3.1), which all its frames share.</summary>
/// <param name="Mode">What codes them.</param>
/// <param name="Bandwidth">0 to 4: up to 4, 6, 8, 12 and 20 kHz.</param>
/// <param name="FrameLength">Samples of a frame at 48 kHz.</param>
/// <param name="IsStereo">Whether they have two channels.</param>
internal readonly record struct OpusConfiguration(OpusMode Mode, int Bandwidth, int FrameLength, bool IsStereo)
{
    /// <summary>Samples of 2.5 ms at 48 kHz, the shortest frame.</summary>
    public const int ShortestFrame = 120;

    /// <summary>Samples of 60 ms at 48 kHz, the longest.</summary>
    public const int LongestFrame = 24 * ShortestFrame;

    public static OpusConfiguration Of(byte first)
    {
        int configuration = first >> 3, size = configuration & 3;
        var isStereo = (first & 4) != 0;
        return configuration switch
        {
            < 12 => new(OpusMode.Silk, configuration >> 2, size == 3 ? LongestFrame : 480 << size, isStereo),
            < 16 => new(OpusMode.Hybrid, 3 + (configuration >> 1 & 1), 480 << (size & 1), isStereo),
            _ => new(OpusMode.Celt, ((configuration >> 2) - 4) switch { 0 => 0, var wide => wide + 1 }, ShortestFrame << size, isStereo),
        };
    }
}

/// <summary>Where a packet's frames lie (RFC 6716, 3.2; with its own length, as all but the last of several streams, appendix B).</summary>
internal sealed class OpusPacket
{
    /// <summary>Frames of the fullest packet: 120 ms of the shortest.</summary>
    public const int MostFrames = 48;

    /// <summary>Samples of the longest packet at 48 kHz: 120 ms.</summary>
    public const int MostSamples = MostFrames * OpusConfiguration.ShortestFrame;

    private const int MostFrameBytes = 1275;

    private readonly int[] _starts = new int[MostFrames], _lengths = new int[MostFrames];

    public OpusConfiguration Configuration { get; private set; }

    public int FrameCount { get; private set; }

    /// <summary>The byte behind it.</summary>
    public int End { get; private set; }

    /// <summary>A frame's first byte and how many it has.</summary>
    public (int Start, int Length) Frame(int index) => (_starts[index], _lengths[index]);

    /// <summary>Reads a packet; false where it breaks a rule of section 3.4.</summary>
    /// <param name="bytes">The bytes it is in.</param>
    /// <param name="position">Its first byte.</param>
    /// <param name="isSelfDelimited">Whether it tells its own length.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, int position, bool isSelfDelimited)
    {
        var end = bytes.Length;
        if (position >= end)
            return false;
        var first = bytes[position++];
        Configuration = OpusConfiguration.Of(first);
        FrameCount = (first & 3) == 0 ? 1 : 2;
        var isConstant = (first & 3) == 1;
        var padding = 0;
        if ((first & 3) == 3)
        {
            if (position >= end)
                return false;
            var second = bytes[position++];
            FrameCount = second & 63;
            isConstant = (second & 128) == 0;
            if (FrameCount == 0 || FrameCount * Configuration.FrameLength > MostSamples
                || (second & 64) != 0 && !TryReadPadding(bytes, ref position, out padding))
                return false;
            if (!isSelfDelimited)
                end -= padding;
            if (end < position)
                return false;
        }

        var coded = isConstant || FrameCount == 1 ? 0 : FrameCount - 1; // lengths that are written
        if (isSelfDelimited)
            coded = isConstant ? 1 : coded + 1;
        for (var i = 0; i < coded; i++)
            if (!TryReadLength(bytes, ref position, end, out _lengths[i]))
                return false;
        if (isConstant)
        {
            if (!isSelfDelimited)
            {
                if ((end - position) % FrameCount != 0)
                    return false;
                _lengths[0] = (end - position) / FrameCount;
            }

            Array.Fill(_lengths, _lengths[0], 0, FrameCount);
        }
        else if (!isSelfDelimited)
        {
            var rest = end - position;
            for (var i = 0; i < coded; i++)
                rest -= _lengths[i];
            _lengths[FrameCount - 1] = rest;
        }

        for (var i = 0; i < FrameCount; i++)
        {
            if (_lengths[i] is < 0 or > MostFrameBytes || _lengths[i] > end - position)
                return false;
            _starts[i] = position;
            position += _lengths[i];
        }

        End = isSelfDelimited ? position + padding : bytes.Length;
        return End <= bytes.Length;
    }

    // 3.2.5: bytes of 255 count 254 and go on. The padding lies behind the frames.
    private static bool TryReadPadding(ReadOnlySpan<byte> bytes, ref int position, out int padding)
    {
        padding = 0;
        int value;
        do
        {
            if (position >= bytes.Length)
                return false;
            value = bytes[position++];
            padding += value == 255 ? 254 : value;
        }
        while (value == 255);
        return true;
    }

    // 3.2.1
    private static bool TryReadLength(ReadOnlySpan<byte> bytes, ref int position, int end, out int length)
    {
        length = 0;
        if (position >= end)
            return false;
        length = bytes[position++];
        if (length < 252)
            return true;
        if (position >= end)
            return false;
        length += 4 * bytes[position++];
        return true;
    }
}
