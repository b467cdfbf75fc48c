using System.Text;
using System.Text.Unicode;

namespace SongMood.Audio.Tags;

/// <summary>The text tags that all formats share, the first found of each; null where there is none.</summary>
internal sealed class TagText
{
    /// <summary>Bytes of the longest text that is read.</summary>
    public const int LongestText = 1 << 16;

    public string? Title { get; private set; }

    public string? Artist { get; private set; }

    public string? Album { get; private set; }

    public string? Year { get; private set; }

    public string? Genre { get; private set; }

    public string? Track { get; private set; }

    public string? Comment { get; private set; }

    /// <summary>Reads the ID3v2 tags at the start of a file, then the ID3v1 tag at its end for what they do not say.</summary>
    public static TagText ReadId3(ByteSource input, int maxTagBytes)
    {
        var text = new TagText();
        text.AddId3(input, maxTagBytes);
        return text;
    }

    /// <summary>Adds what the ID3 tags at a file's ends say and what is read already does not.</summary>
    public void AddId3(ByteSource input, int maxTagBytes)
    {
        long position = 0;
        for (long length; (length = TagSkipper.LengthAt(input, position)) > 0 && length <= maxTagBytes; position += length)
            if (input.At(position, (int)length) is var tag && tag.StartsWith("ID3"u8))
                Id3V2.Read(tag[..(int)length], this);
        Id3V1.Read(input.At(Math.Max(0, input.Length - Id3V1.Length), Id3V1.Length), this);
    }

    /// <summary>A text that does not say how it is written: UTF-8, or, where it cannot be that, Latin-1.</summary>
    public static string Utf8OrLatin1(ReadOnlySpan<byte> bytes) =>
        (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    /// <summary>What is known of an input, with these tags.</summary>
    public AudioInfo AddTo(AudioInfo info) => info with
    {
        Title = Title,
        Artist = Artist,
        Album = Album,
        Year = Year,
        Genre = Genre,
        Track = Track,
        Comment = Comment,
    };

    /// <summary>
    /// Keeps a value unless it is empty or there is one already; <paramref name="name"/> is that of an ID3v2 frame, a Vorbis comment
    /// in capitals, or an AIFF chunk.
    /// </summary>
    public void Keep(string name, string value)
    {
        value = value.Trim();
        if (value.Length == 0)
            return;
        switch (name)
        {
            case "TIT2" or "TT2" or "TITLE" or "NAME": Title ??= value; break;
            case "TPE1" or "TP1" or "ARTIST" or "AUTH": Artist ??= value; break;
            case "TALB" or "TAL" or "ALBUM": Album ??= value; break;
            case "TDRC" or "TYER" or "TYE" or "DATE" or "YEAR": Year ??= value; break;
            case "TCON" or "TCO" or "GENRE": Genre ??= Genres.Name(value); break;
            case "TRCK" or "TRK" or "TRACKNUMBER": Track ??= value; break;
            case "COMM" or "COM" or "COMMENT" or "DESCRIPTION" or "ANNO": Comment ??= value; break;
        }
    }
}
