using System.Buffers.Binary;
using System.Text;

namespace SongMood.Audio.Tags;

/// <summary>
/// The text items of an APE tag, version 1 or 2, which MP3s and other formats have at either end: a name, and one or more values with
/// zeros between them, of which the first is taken. What is damaged is passed over.
/// </summary>
internal static class ApeTag
{
    /// <summary>The length of the header, and of the footer.</summary>
    public const int HeaderLength = 32;

    private const int ItemHeaderLength = 8, LongestName = 255;
    private const uint KindBits = 6; // 0: text in UTF-8; others are bytes, links and reserved

    /// <summary>What header and footer begin with.</summary>
    public static ReadOnlySpan<byte> Mark => "APETAGEX"u8;

    /// <summary>Reads a tag, with or without its header.</summary>
    public static void Read(ReadOnlySpan<byte> tag, TagText text)
    {
        var items = tag.StartsWith(Mark) && tag.Length > HeaderLength ? tag[HeaderLength..] : tag;
        while (items.Length > ItemHeaderLength)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(items);
            var flags = BinaryPrimitives.ReadUInt32LittleEndian(items[4..]);
            items = items[ItemHeaderLength..];
            var nameLength = items[..Math.Min(items.Length, LongestName + 1)].IndexOf((byte)0);
            if (nameLength <= 0 || length > items.Length - nameLength - 1)
                return; // the footer, or no item
            var name = Encoding.ASCII.GetString(items[..nameLength]).ToUpperInvariant();
            var value = items.Slice(nameLength + 1, (int)length);
            if ((flags & KindBits) == 0 && value.Length <= TagText.LongestText)
                text.Keep(name, TagText.Utf8OrLatin1(value).Split('\0', 2)[0]);
            items = items[(nameLength + 1 + value.Length)..];
        }
    }
}
