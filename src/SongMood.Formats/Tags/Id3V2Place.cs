using System.Buffers.Binary;
using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats.Tags;

/// <summary>Finds an ID3v2 tag: at the start of a file, or in a chunk of a WAV or AIFF.</summary>
internal static class Id3V2Place
{
    private const int HeaderLength = 10, ChunkHeaderLength = 8, FormHeaderLength = 12;

    /// <summary>The tag, header and all; an empty one where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> file)
    {
        var isAiff = file.StartsWith("FORM"u8);
        if (!isAiff && !file.StartsWith("RIFF"u8))
            return Tag(file);
        for (long at = FormHeaderLength; at + ChunkHeaderLength <= file.Length;)
        {
            var chunk = file[(int)at..];
            var length = isAiff
                ? BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("ID3 "u8) || chunk.StartsWith("id3 "u8))
                return Tag(chunk[ChunkHeaderLength..]);
            at += ChunkHeaderLength + length + (length & 1);
        }
        return None;
    }

    // Of no version, so that nothing is read of it.
    private static ReadOnlySpan<byte> None => new byte[HeaderLength];

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.StartsWith("ID3"u8) ? TagSkipper.LengthAt(ByteSource.Of(bytes.ToArray()), 0) : 0;
        return length >= HeaderLength && length <= bytes.Length ? bytes[..(int)length] : None;
    }
}
