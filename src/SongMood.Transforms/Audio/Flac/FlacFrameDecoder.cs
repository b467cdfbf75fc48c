namespace SongMood.Audio.Flac;

/// <summary>Decodes frames (RFC 9639, 9), each for itself.</summary>
internal sealed class FlacFrameDecoder
{
    private const int ChecksumBytes = 2;

    private readonly Subframe _subframe = new();
    private readonly int[][] _channels = new int[8][];
    private int[] _residual = [];
    private long[] _side = [];
    private byte[] _padded = [];

    /// <summary>The samples of the frame decoded last, one row a channel, each with room for more.</summary>
    public ReadOnlySpan<int> Channel(int index, int start, int count) => _channels[index].AsSpan(start, count);

    /// <summary>
    /// The bytes from a frame's start that are looked at: room for four bytes more a sample than plain numbers take, which are what an
    /// encoder writes where it cannot save any.
    /// </summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="depth">Bits of its samples.</param>
    public static int MostBytes(in FlacFrameHeader header, int depth) =>
        FlacFrameHeader.MostBytes + ChecksumBytes + header.ChannelCount * (header.BlockSize * (depth + 33) / 8 + 128);

    /// <summary>Decodes a frame; false where it is damaged or cut off.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="position">Where the frame begins.</param>
    /// <param name="header">Its header.</param>
    /// <param name="depth">Bits of its samples.</param>
    /// <param name="length">How many bytes it has.</param>
    public bool TryDecode(ByteSource source, long position, in FlacFrameHeader header, int depth, out int length)
    {
        var most = (int)Math.Min(MostBytes(header, depth), source.Length - position);
        var bytes = Slacked(source.At(position, most + FlacBits.Slack), most);
        var bits = new FlacBits(bytes, header.Length);
        length = 0;
        for (var channel = 0; channel < header.ChannelCount; channel++)
            if (!TryReadChannel(ref bits, header, depth, channel))
                return false;
        bits.AlignToByte();
        length = bits.Position / 8 + ChecksumBytes;
        if (length > most || FlacChecksums.Crc16(bytes[..length]) != 0)
            return false;
        Decorrelate(header, depth);
        return true;
    }

    private bool TryReadChannel(ref FlacBits bits, in FlacFrameHeader header, int depth, int channel)
    {
        if (_channels[channel] is not { } row || row.Length < header.BlockSize)
            _channels[channel] = row = new int[header.BlockSize];
        var block = row.AsSpan(0, header.BlockSize);
        if (!IsSide(header.Mode, channel))
            return _subframe.TryRead(ref bits, depth, block);
        if (depth < 32)
            return _subframe.TryRead(ref bits, depth + 1, block);
        if (_side.Length < header.BlockSize)
            (_side, _residual) = (new long[header.BlockSize], new int[header.BlockSize]);
        return _subframe.TryReadWide(ref bits, _residual.AsSpan(0, header.BlockSize), _side.AsSpan(0, header.BlockSize));
    }

    private void Decorrelate(in FlacFrameHeader header, int depth)
    {
        if (header.Mode == StereoMode.Independent)
            return;
        var first = _channels[0].AsSpan(0, header.BlockSize);
        var second = _channels[1].AsSpan(0, header.BlockSize);
        if (depth < 32)
            StereoDecorrelation.Undo(header.Mode, first, second);
        else
            StereoDecorrelation.UndoWide(header.Mode, _side.AsSpan(0, header.BlockSize), first, second);
    }

    private static bool IsSide(StereoMode mode, int channel) => mode switch
    {
        StereoMode.LeftSide or StereoMode.MidSide => channel == 1,
        StereoMode.SideRight => channel == 0,
        _ => false,
    };

    // Whole words are read, also of the last bytes of an input.
    private ReadOnlySpan<byte> Slacked(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length >= count + FlacBits.Slack)
            return bytes[..(count + FlacBits.Slack)];
        if (_padded.Length < count + FlacBits.Slack)
            _padded = new byte[count + FlacBits.Slack];
        bytes[..count].CopyTo(_padded);
        _padded.AsSpan(count, FlacBits.Slack).Clear();
        return _padded.AsSpan(0, count + FlacBits.Slack);
    }
}
