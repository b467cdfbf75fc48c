namespace SongMood.Audio.Mp3;

/// <summary>What side information says of one channel of one granule (ISO/IEC 11172-3, 2.4.1.7 and 2.4.2.7).</summary>
internal struct GranuleChannel
{
    public int Part23Length;
    public int BigValues;
    public int GlobalGain;
    public int ScaleFactorCompress;
    public int BlockType;
    public bool IsMixedFlagged;
    public bool IsPreflag;
    public int ScaleFactorScale;
    public int Count1Table;
    public int Region0Count;
    public int Region1Count;
    public int Table0, Table1, Table2;
    public int Subblock0Gain, Subblock1Gain, Subblock2Gain;
    public bool IsWindowSwitching;

    public readonly bool IsShort => BlockType == 2;

    /// <summary>Short windows above the two lowest subbands, long ones in these.</summary>
    public readonly bool IsMixed => IsShort && IsMixedFlagged;

    public readonly int SubblockGain(int window) => window switch { 0 => Subblock0Gain, 1 => Subblock1Gain, _ => Subblock2Gain };
}

/// <summary>The side information of one frame: up to two granules of two channels.</summary>
internal sealed class SideInformation
{
    private readonly GranuleChannel[] _granules = new GranuleChannel[4];
    private readonly int[] _scaleFactorSelection = new int[2];

    /// <summary>Bytes before this frame at which its main data begins (the bit reservoir).</summary>
    public int MainDataBegin { get; private set; }

    public ref GranuleChannel this[int granule, int channel] => ref _granules[2 * granule + channel];

    /// <summary>scfsi: whether the second granule takes this group (0 to 3) of scale factors from the first.</summary>
    public bool SharesScaleFactors(int channel, int group) => (_scaleFactorSelection[channel] >> (3 - group) & 1) != 0;

    /// <summary>Bits of main data that the frame's granules take together.</summary>
    public int MainDataBits { get; private set; }

    /// <summary>Reads it; false where a value is outside what the standard allows, so that the frame cannot be trusted.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, FrameHeader header)
    {
        var reader = new BitReader(bytes);
        var channels = header.ChannelCount;
        MainDataBegin = reader.Read(header.IsMpeg1 ? 9 : 8);
        reader.Read((header.IsMpeg1, channels) switch { (true, 1) => 5, (true, _) => 3, (false, 1) => 1, _ => 2 }); // private_bits
        for (var channel = 0; channel < channels; channel++)
            _scaleFactorSelection[channel] = header.IsMpeg1 ? reader.Read(4) : 0;

        MainDataBits = 0;
        var isValid = true;
        for (var granule = 0; granule < header.GranuleCount; granule++)
            for (var channel = 0; channel < channels; channel++)
            {
                ref var info = ref this[granule, channel];
                isValid &= ReadGranule(ref reader, header, ref info);
                MainDataBits += info.Part23Length;
            }

        return isValid;
    }

    private static bool ReadGranule(ref BitReader reader, FrameHeader header, ref GranuleChannel info)
    {
        info = default;
        info.Part23Length = reader.Read(12);
        info.BigValues = reader.Read(9);
        info.GlobalGain = reader.Read(8);
        info.ScaleFactorCompress = reader.Read(header.IsMpeg1 ? 4 : 9);
        info.IsWindowSwitching = reader.ReadFlag();
        var isValid = info.BigValues <= 288; // two lines each, of 576
        if (info.IsWindowSwitching)
        {
            info.BlockType = reader.Read(2);
            info.IsMixedFlagged = reader.ReadFlag();
            info.Table0 = reader.Read(5);
            info.Table1 = reader.Read(5);
            info.Subblock0Gain = reader.Read(3);
            info.Subblock1Gain = reader.Read(3);
            info.Subblock2Gain = reader.Read(3);
            isValid &= info.BlockType != 0; // reserved: a normal window is not switched to
        }
        else
        {
            info.Table0 = reader.Read(5);
            info.Table1 = reader.Read(5);
            info.Table2 = reader.Read(5);
            info.Region0Count = reader.Read(4);
            info.Region1Count = reader.Read(3);
        }

        info.IsPreflag = header.IsMpeg1 && reader.ReadFlag();
        info.ScaleFactorScale = reader.Read(1);
        info.Count1Table = reader.Read(1);
        return isValid;
    }
}
