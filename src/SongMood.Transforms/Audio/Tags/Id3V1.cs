namespace SongMood.Audio.Tags;

/// <summary>The 128 bytes at the end of a file: fixed fields, in Latin-1 or, as some writers have it, UTF-8.</summary>
internal static class Id3V1
{
    public const int Length = 128;

    public static void Read(ReadOnlySpan<byte> bytes, TagText text)
    {
        if (bytes.Length < Length || !bytes[^Length..].StartsWith("TAG"u8))
            return;
        var tag = bytes[^Length..];
        text.Keep("TIT2", Field(tag[3..33]));
        text.Keep("TPE1", Field(tag[33..63]));
        text.Keep("TALB", Field(tag[63..93]));
        text.Keep("TYER", Field(tag[93..97]));
        var hasTrack = tag[125] == 0 && tag[126] != 0; // ID3v1.1: the comment's last two bytes
        text.Keep("COMM", Field(tag[97..(hasTrack ? 125 : 127)]));
        if (hasTrack)
            text.Keep("TRCK", $"{tag[126]}");
        if (tag[127] < Genres.Count)
            text.Keep("TCON", $"({tag[127]})");
    }

    private static string Field(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return TagText.Utf8OrLatin1(end < 0 ? field : field[..end]);
    }
}
