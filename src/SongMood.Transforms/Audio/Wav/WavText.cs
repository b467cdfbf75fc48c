using SongMood.Audio.Pcm;
using SongMood.Audio.Tags;

namespace SongMood.Audio.Wav;

/// <summary>
/// The text of a WAV: ID3 in a chunk of its own, then a list of the kind INFO (Multimedia Programming Interface, 1991), which cuts texts
/// short in some writers, then the tags around the file.
/// </summary>
internal static class WavText
{
    private const int NameLength = 4;

    public static TagText Read(ByteSource input, PcmLayout layout, int maxTagBytes)
    {
        var (text, list) = (new TagText(), new TagText());
        var before = input.Slice(0, layout.DataStart - WavLayout.ChunkHeaderLength);
        ReadChunks(before, WavLayout.FindStart(input, maxTagBytes) + WavLayout.RiffHeaderLength);
        ReadChunks(input, Chunks.EndOf(input, layout.DataStart, layout.DataLength));
        text.AddMissing(list);
        text.AddAround(input, maxTagBytes);
        return text;

        void ReadChunks(ByteSource chunks, long position)
        {
            while (position + WavLayout.ChunkHeaderLength <= chunks.Length
                && chunks.At(position, WavLayout.ChunkHeaderLength) is var header && Chunks.IsName(header))
            {
                var isText = header.StartsWith("LIST"u8) || header.StartsWith("id3 "u8) || header.StartsWith("ID3 "u8);
                var length = WavLayout.Length(header, layout.IsBigEndian);
                position += WavLayout.ChunkHeaderLength;
                var there = Math.Min(length, chunks.Length - position);
                if (isText && there <= maxTagBytes)
                {
                    var body = chunks.At(position, (int)there)[..(int)there];
                    if (body.StartsWith("INFO"u8))
                        ReadList(body[NameLength..], layout.IsBigEndian, list);
                    else if (body.StartsWith("ID3"u8) && TagSkipper.LengthAt(chunks.Slice(position, there), 0) is > 0 and var tag)
                        Id3V2.Read(body[..(int)tag], text);
                }

                position = Chunks.EndOf(chunks, position, length);
            }
        }
    }

    // Each text ends with a zero, and begins at an even byte.
    private static void ReadList(ReadOnlySpan<byte> list, bool isBigEndian, TagText text)
    {
        while (list.Length > WavLayout.ChunkHeaderLength
            && WavLayout.Length(list, isBigEndian) is var length && length <= list.Length - WavLayout.ChunkHeaderLength)
        {
            var name = list[..NameLength];
            var value = list.Slice(WavLayout.ChunkHeaderLength, (int)length);
            var end = value.IndexOf((byte)0);
            if (length <= TagText.LongestText)
                text.Keep(System.Text.Encoding.Latin1.GetString(name), TagText.Utf8OrLatin1(end < 0 ? value : value[..end]));
            list = list[Math.Min(list.Length, WavLayout.ChunkHeaderLength + value.Length + value.Length % 2)..];
        }
    }
}
