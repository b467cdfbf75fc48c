using System.Buffers.Binary;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Wav;

/// <summary>What a WAV file's chunks say: its sample format, and where the samples are.</summary>
/// <param name="Format">The samples' format.</param>
/// <param name="IsBigEndian">Whether the file is RIFX.</param>
/// <param name="DataStart">The samples' first byte.</param>
/// <param name="DataLength">How many bytes of them there are.</param>
/// <param name="MissingBytes">How many more the header promises.</param>
internal readonly record struct WavLayout(WavFormat Format, bool IsBigEndian, int DataStart, int DataLength, long MissingBytes)
{
    private const int ChunkHeaderLength = 8, RiffHeaderLength = 12;

    // What writers put that cannot go back to the header: 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, or something just below 2 GiB. An input
    // in memory is smaller, so no length from here on can be meant.
    private const long LengthUnknown = 0x7FFF0000;

    /// <summary>Samples in each channel.</summary>
    public int SampleCount => DataLength / Format.BlockLength;

    /// <summary>Where the RIFF begins, behind tags and zeros; -1 where none does.</summary>
    /// <exception cref="AudioFormatException">A tag before it is longer than <paramref name="maxTagBytes"/>.</exception>
    public static int FindStart(ReadOnlySpan<byte> bytes, int maxTagBytes = int.MaxValue)
    {
        var start = 0;
        for (var before = -1; before != start;)
        {
            before = start;
            start += TagSkipper.AudioStart(bytes[start..], maxTagBytes);
            var zeros = bytes[start..].IndexOfAnyExcept((byte)0);
            start += Math.Max(zeros, 0);
        }

        var rest = bytes[start..];
        var isWave = rest.Length >= RiffHeaderLength && rest[8..].StartsWith("WAVE"u8)
            && (rest.StartsWith("RIFF"u8) || rest.StartsWith("RIFX"u8) || rest.StartsWith("RF64"u8) || rest.StartsWith("BW64"u8));
        return isWave ? start : -1;
    }

    /// <exception cref="AudioFormatException">A chunk is missing or cannot be.</exception>
    public static WavLayout Read(ReadOnlySpan<byte> bytes, int maxTagBytes)
    {
        var start = FindStart(bytes, maxTagBytes);
        var isBigEndian = bytes[start..].StartsWith("RIFX"u8);
        WavFormat? format = null;
        (int Start, long Length)? data = null; // length -1: to the end
        long dataLength64 = -1, position = start + RiffHeaderLength;
        while ((format is null || data is null) && position + ChunkHeaderLength <= bytes.Length)
        {
            var chunk = bytes[(int)position..];
            var length = Length(chunk, isBigEndian);
            var body = chunk[ChunkHeaderLength..];
            if (chunk.StartsWith("ds64"u8) && body.Length >= 16)
                dataLength64 = BinaryPrimitives.ReadInt64LittleEndian(body[8..]); // RF64 (EBU Tech 3306), BW64 (ITU-R BS.2088)
            else if (chunk.StartsWith("fmt "u8))
                format = WavFormat.Read(body[..(int)Math.Min(length, body.Length)], isBigEndian, position);
            else if (chunk.StartsWith("data"u8))
            {
                if (length == uint.MaxValue && dataLength64 > 0)
                    length = dataLength64;
                else if (length >= LengthUnknown || (length == 0 && !IsChunks(body, isBigEndian)))
                    length = -1;
                data = ((int)position + ChunkHeaderLength, length);
                if (length < 0 || length >= body.Length)
                    break; // nothing follows
            }

            position = Next(bytes, position, length);
        }

        if (format is not { } known || data is not { } place)
            throw new AudioFormatException(
                $"this WAV has no {(format is null ? "fmt" : "data")} chunk in its {bytes.Length} bytes; is it cut off?",
                bytePosition: Math.Min(position, bytes.Length));
        var there = bytes.Length - place.Start;
        return place.Length < 0
            ? new WavLayout(known, isBigEndian, place.Start, there, 0)
            : new WavLayout(known, isBigEndian, place.Start, (int)Math.Min(place.Length, there), Math.Max(0, place.Length - there));
    }

    private static long Length(ReadOnlySpan<byte> chunk, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(chunk[4..])
        : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);

    /// <summary>Where the next chunk begins: at an even byte, unless the writer forgot the byte of 0 that makes it even.</summary>
    private static long Next(ReadOnlySpan<byte> bytes, long position, long length)
    {
        var end = position + ChunkHeaderLength + length;
        return length % 2 != 0 && (end >= bytes.Length || bytes[(int)end] == 0) ? end + 1 : end;
    }

    /// <summary>Whether bytes are whole chunks to their end: so an empty data chunk was meant to be empty.</summary>
    private static bool IsChunks(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        long position = 0;
        while (position + ChunkHeaderLength <= bytes.Length && bytes.Slice((int)position, 4).IndexOfAnyExceptInRange((byte)' ', (byte)'z') < 0)
            position = Next(bytes, position, Length(bytes[(int)position..], isBigEndian));
        return position >= bytes.Length;
    }
}
