using System.Buffers.Binary;
using SongMood.Audio.Mp3;
using SongMood.Audio.Pcm;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Wav;

/// <summary>Reads a WAV file's chunks: the samples' format, and where they are.</summary>
internal static class WavLayout
{
    /// <summary>A chunk's name and length.</summary>
    public const int ChunkHeaderLength = 8;

    /// <summary>What stands before the first chunk.</summary>
    public const int RiffHeaderLength = 12;

    private const int LongestFormat = 1 << 12;

    // What writers put that cannot go back to the header: 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, or something just below 2 GiB; where there
    // is less than that, no length from here on can be meant.
    private const long LengthUnknown = 0x7FFF0000;

    /// <summary>Where the RIFF begins, behind tags and zeros; -1 where none does.</summary>
    /// <exception cref="AudioFormatException">A tag before it is longer than <paramref name="maxTagBytes"/>.</exception>
    public static long FindStart(ByteSource input, int maxTagBytes = int.MaxValue)
    {
        long start = 0;
        for (long before = -1; before != start;)
        {
            before = start;
            start += TagSkipper.AudioStart(input.Slice(start, input.Length - start), maxTagBytes);
            start = PastZeros(input, start);
        }

        return IsWave(input.At(start, RiffHeaderLength)) ? start : -1;
    }

    /// <exception cref="AudioFormatException">A chunk is missing or cannot be.</exception>
    public static PcmLayout Read(ByteSource input, int maxTagBytes)
    {
        var start = FindStart(input, maxTagBytes);
        var isBigEndian = input.At(start, 4).StartsWith("RIFX"u8);
        PcmFormat? format = null;
        (long Start, long Length)? data = null; // length -1: to the end
        long dataLength64 = -1, position = start + RiffHeaderLength;
        while ((format is null || data is null) && position + ChunkHeaderLength <= input.Length)
        {
            var chunk = input.At(position, ChunkHeaderLength + LongestFormat);
            var length = Length(chunk, isBigEndian);
            var there = input.Length - position - ChunkHeaderLength;
            var body = chunk[ChunkHeaderLength..];
            if (chunk.StartsWith("ds64"u8) && body.Length >= 16)
                dataLength64 = BinaryPrimitives.ReadInt64LittleEndian(body[8..]); // RF64 (EBU Tech 3306), BW64 (ITU-R BS.2088)
            else if (chunk.StartsWith("fmt "u8))
                format ??= WavFormat.Read(body[..(int)Math.Min(length, body.Length)], isBigEndian, position);
            else if (chunk.StartsWith("data"u8) && !(length == 0 && body.StartsWith("data"u8))) // an empty one before that of the samples
            {
                if (length == uint.MaxValue && dataLength64 > 0)
                    length = dataLength64;
                else if ((length >= LengthUnknown && length > there)
                    || (length == 0 && !IsChunks(input, position + ChunkHeaderLength, isBigEndian)))
                    length = -1;
                data = (position + ChunkHeaderLength, length);
                if (length < 0 || length >= there)
                    break; // nothing follows
            }

            position = Next(input, position, length);
        }

        if (format is not { } known || data is not { } place)
            throw new AudioFormatException(
                $"this WAV has no {(format is null ? "fmt" : "data")} chunk in its {input.Length} bytes; is it cut off?",
                bytePosition: Math.Min(position, input.Length));
        var rest = input.Length - place.Start;
        if (place.Length < 0)
            return new PcmLayout("WAV", known, isBigEndian, place.Start, rest, 0, 0);
        return place.Length >= rest
            ? new PcmLayout("WAV", known, isBigEndian, place.Start, rest, place.Length - rest, 0)
            : new PcmLayout(
                "WAV", known, isBigEndian, place.Start, place.Length, 0, SkippedBehind(input, place.Start, place.Length, isBigEndian));
    }

    private static long PastZeros(ByteSource input, long start)
    {
        for (var at = start; at < input.Length;)
        {
            var bytes = input.At(at, 1);
            if (bytes.IndexOfAnyExcept((byte)0) is >= 0 and var zeros)
                return at + zeros;
            at += bytes.Length;
        }

        return start;
    }

    /// <summary>The length that a chunk's header says.</summary>
    public static long Length(ReadOnlySpan<byte> chunk, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(chunk[4..])
        : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);

    private static long Next(ByteSource input, long position, long length) => Chunks.EndOf(input, position + ChunkHeaderLength, length);

    /// <summary>Whether bytes are whole chunks to their end: so an empty data chunk was meant to be empty.</summary>
    private static bool IsChunks(ByteSource input, long position, bool isBigEndian) =>
        PastChunks(input, position, isBigEndian) >= input.Length;

    // Where the length is too small, samples go on behind it. As in ffmpeg, what is no chunk there is not read; here it is counted.
    private static long SkippedBehind(ByteSource input, long dataStart, long dataLength, bool isBigEndian)
    {
        var audio = input.Slice(0, Math.Max(dataStart + dataLength, TagSkipper.AudioEnd(input)));
        var end = PastChunks(audio, Next(audio, dataStart - ChunkHeaderLength, dataLength), isBigEndian);
        return Padding.IsOnly(audio, end) || Padding.IsFill(audio, end) ? 0 : audio.Length - end;
    }

    // What is joined on, or a second data chunk: samples that are not read are no chunks that can be passed over in silence.
    private static bool HasSamples(ReadOnlySpan<byte> chunk) => chunk.StartsWith("data"u8) || IsWave(chunk);

    private static bool IsWave(ReadOnlySpan<byte> head) => head.Length >= RiffHeaderLength && head[8..].StartsWith("WAVE"u8)
        && (head.StartsWith("RIFF"u8) || head.StartsWith("RIFX"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8));

    private static long PastChunks(ByteSource input, long position, bool isBigEndian)
    {
        while (position + ChunkHeaderLength <= input.Length
            && input.At(position, RiffHeaderLength) is var chunk && Chunks.IsName(chunk) && !HasSamples(chunk))
            position = Next(input, position, Length(chunk, isBigEndian));
        return position;
    }
}
