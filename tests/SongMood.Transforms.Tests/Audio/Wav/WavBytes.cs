using System.Buffers.Binary;
using System.Text;

namespace SongMood.Transforms.Tests.Audio.Wav;

/// <summary>A WAV file of any header and bytes, right or wrong.</summary>
internal sealed record WavBytes(byte[] Data)
{
    public string Mark { get; init; } = "RIFF";

    public int Tag { get; init; } = 1;

    public int Channels { get; init; } = 1;

    public uint Rate { get; init; } = 48000;

    public int Bits { get; init; } = 16;

    public int? Block { get; init; }

    /// <summary>Behind the first 16 bytes of the fmt chunk.</summary>
    public byte[] Extension { get; init; } = [];

    public uint? DataLength { get; init; }

    public byte[] Before { get; init; } = [];

    public bool FormatLast { get; init; }

    /// <summary>Whole chunks between fmt and data.</summary>
    public byte[] Between { get; init; } = [];

    public byte[] After { get; init; } = [];

    private bool IsBigEndian => Mark == "RIFX";

    /// <summary>What WAVE_FORMAT_EXTENSIBLE adds: the bits that are used, no loudspeakers, a sub-format.</summary>
    public static byte[] Extensible(int validBits, Guid subFormat, bool isBigEndian = false) =>
        [.. Number(22, 2, isBigEndian), .. Number(validBits, 2, isBigEndian), 0, 0, 0, 0, .. subFormat.ToByteArray(isBigEndian)];

    public static Guid SubFormat(int tag) => new(tag, 0, 0x10, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71);

    public static byte[] Chunk(string name, byte[] body, uint? length = null, bool pad = true, bool isBigEndian = false) =>
    [
        .. Encoding.ASCII.GetBytes(name), .. Number(length ?? (uint)body.Length, 4, isBigEndian), .. body,
        .. new byte[pad ? body.Length % 2 : 0],
    ];

    public byte[] ToArray()
    {
        var block = Block ?? Channels * ((Bits + 7) / 8);
        byte[] format = Chunk("fmt ", [
            .. Number(Tag, 2, IsBigEndian), .. Number(Channels, 2, IsBigEndian), .. Number(Rate, 4, IsBigEndian),
            .. Number(Rate * block & uint.MaxValue, 4, IsBigEndian), .. Number(block, 2, IsBigEndian), .. Number(Bits, 2, IsBigEndian),
            .. Extension], isBigEndian: IsBigEndian);
        var data = Chunk("data", Data, DataLength, isBigEndian: IsBigEndian);
        byte[] body = FormatLast ? [.. Between, .. data, .. format, .. After] : [.. format, .. Between, .. data, .. After];
        return [.. Before, .. Encoding.ASCII.GetBytes(Mark), .. Number(4 + body.Length, 4, IsBigEndian), .. "WAVE"u8, .. body];
    }

    private static byte[] Number(long value, int byteCount, bool isBigEndian)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Array.Resize(ref bytes, byteCount);
        if (isBigEndian)
            Array.Reverse(bytes);
        return bytes;
    }
}
