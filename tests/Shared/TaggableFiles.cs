using System.Buffers.Binary;
using System.Text;

namespace SongMood.TestSupport;

/// <summary>A second of a song in every format that can carry tags, and an MP3 with every kind of them.</summary>
public static class TaggableFiles
{
    /// <summary>Files that SongMood reads by itself.</summary>
    public static IReadOnlyDictionary<string, byte[]> Managed { get; } = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["none.mp3"] = Fixture("song.mp3"),
        ["id3v1.mp3"] = [.. Fixture("song.mp3"), .. Id3V1],
        ["id3v22.mp3"] = [.. Id3V2(2, ("TT2", Latin("Fixture\0")), ("TP1", Latin("SongMood\0")), ("TBP", Latin("99"))),
            .. Fixture("song.mp3")],
        ["id3v23.mp3"] = [.. Id3V23, .. Fixture("song.mp3")],
        ["id3v23-id3v1.mp3"] = [.. Id3V23, .. Fixture("song.mp3"), .. Id3V1],
        ["id3v24.mp3"] = [.. Id3V2(4, ("TIT2", Utf8("Fixture")), ("TPE1", Utf8("SongMood\0Somebody")), ("TMOO", Utf8("dreary"))),
            .. Fixture("song.mp3")],
        ["ape.mp3"] = [.. Fixture("song.mp3"), .. Ape],
        ["ape-id3v1.mp3"] = [.. Fixture("song.mp3"), .. Ape, .. Id3V1],
        ["song.mp2"] = Fixture("song.mp2"),
        ["song.flac"] = Fixture("song.flac"),
        ["song.ogg"] = Fixture("song.ogg"),
        ["song.opus"] = Fixture("song.opus"),
        ["song.wav"] = Wav(),
        ["song.aiff"] = Aiff(),
    };

    /// <summary>Files that ffmpeg reads.</summary>
    public static IReadOnlyDictionary<string, byte[]> ByFfmpeg { get; } = new SortedDictionary<string, byte[]>(
        new[] { "song.m4a", "song.alac.m4a", "song.wma", "song.wv" }.ToDictionary(name => name, Fixture), StringComparer.Ordinal);

    /// <summary>A tag whose frames TagLibSharp 2.3.0 would not keep: of several artists it keeps one, of "(3)Dance" the number.</summary>
    public static byte[] Id3V23 => Id3V2(3, ("TIT2", Latin("Fixture\0")), ("TPE1", Latin("SongMood\0Somebody\0")),
        ("TCON", Latin("(3)Dance")), ("IPLS", Latin("producer\0Who\0mixer\0Whom\0")),
        ("PRIV", Encoding.Latin1.GetBytes("owner\0\u00FF\u00E0data")));

    /// <summary>A tag of ID3v2 with 20 bytes of padding.</summary>
    public static byte[] Id3V2(int version, params (string Name, byte[] Content)[] frames)
    {
        var body = new List<byte>();
        foreach (var (name, content) in frames)
        {
            body.AddRange(Encoding.ASCII.GetBytes(name)); // all of them are shorter than 128 bytes: a length has one form in 2.3 and 2.4
            body.AddRange(version == 2 ? [0, 0, (byte)content.Length] : [0, 0, 0, (byte)content.Length, 0, 0]);
            body.AddRange(content);
        }
        body.AddRange(new byte[20]);
        return [.. "ID3"u8, (byte)version, 0, 0, 0, 0, (byte)(body.Count >> 7), (byte)(body.Count & 0x7F), .. body];
    }

    /// <summary>What a frame of text holds, in Latin 1.</summary>
    public static byte[] Latin(string text) => [0, .. Encoding.Latin1.GetBytes(text)];

    private static byte[] Utf8(string text) => [3, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Id3V1 => [.. "TAG"u8, .. Padded("Fixture", 30), .. Padded("SongMood", 30), .. new byte[30], .. "2026"u8,
        .. Padded("Comment of twenty-eight bytes", 30), 17];

    private static byte[] Ape
    {
        get
        {
            byte[] items = [.. Item("Title", "Fixture"), .. Item("Artist", "SongMood\0Somebody"), .. Item("BPM", "99.5")];
            return [.. Bound(items.Length, 3, isHeader: true), .. items, .. Bound(items.Length, 3, isHeader: false)];

            static byte[] Item(string key, string value) =>
                [.. Int(value.Length), .. Int(0), .. Encoding.ASCII.GetBytes(key), 0, .. Encoding.ASCII.GetBytes(value)];
            static byte[] Bound(int length, int count, bool isHeader) => [.. "APETAGEX"u8, .. Int(2000), .. Int(length + 32), .. Int(count),
                .. Int(unchecked((int)(isHeader ? 0xA0000000 : 0x80000000))), .. new byte[8]];
        }
    }

    private static byte[] Samples(bool bigEndian)
    {
        var bytes = new byte[2 * 22050];
        for (var n = 0; n < bytes.Length / 2; n++)
        {
            var sample = (short)(8000 * Math.Sin(0.05 * n) + 4000 * Math.Sin(0.31 * n));
            if (bigEndian)
                BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * n), sample);
            else
                BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * n), sample);
        }
        return bytes;
    }

    /// <summary>With a chunk of texts, and one that only its maker knows.</summary>
    private static byte[] Wav()
    {
        var samples = Samples(bigEndian: false);
        byte[] info = [.. "INFOINAM"u8, .. Int(8), .. "Fixture\0"u8, .. "IART"u8, .. Int(10), .. "SongMood\0\0"u8];
        byte[] content = [.. "WAVEfmt "u8, .. Int(16), 1, 0, 1, 0, .. Int(22050), .. Int(44100), 2, 0, 16, 0,
            .. "LIST"u8, .. Int(info.Length), .. info, .. "data"u8, .. Int(samples.Length), .. samples, .. "what"u8, .. Int(4), 1, 2, 3, 4];
        return [.. "RIFF"u8, .. Int(content.Length), .. content];
    }

    private static byte[] Aiff()
    {
        var samples = Samples(bigEndian: true);
        byte[] rate = [0x40, 0x0D, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]; // 22,050 as an 80-bit float
        byte[] content = [.. "AIFFCOMM"u8, .. BigInt(18), 0, 1, .. BigInt(samples.Length / 2), 0, 16, .. rate, .. "NAME"u8, .. BigInt(8),
            .. "Fixture "u8, .. "SSND"u8, .. BigInt(8 + samples.Length), .. new byte[8], .. samples];
        return [.. "FORM"u8, .. BigInt(content.Length), .. content];
    }

    private static byte[] Padded(string text, int length) => [.. Encoding.ASCII.GetBytes(text), .. new byte[length - text.Length]];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigInt(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Formats.Tests", "Fixtures", "tags", name));
}
