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

    /// <summary>Reads the tags at the start of a file, then those at its end for what they do not say.</summary>
    public static TagText ReadAround(ByteSource input, int maxTagBytes)
    {
        var text = new TagText();
        text.AddAround(input, maxTagBytes);
        return text;
    }

    /// <summary>Adds what the tags (ID3 and APE) at a file's ends say and what is read already does not.</summary>
    public void AddAround(ByteSource input, int maxTagBytes)
    {
        long position = 0;
        for (long length; (length = TagSkipper.LengthAt(input, position)) > 0 && length <= maxTagBytes; position += length)
            Add(input.At(position, (int)length)[..(int)length]);
        var ends = TagSkipper.AtEnd(input).Where(tag => tag.Length <= maxTagBytes).OrderBy(tag => tag.Length == Id3V1.Length);
        foreach (var (start, length) in ends) // ID3v1, which cuts texts short, comes last
            Add(input.At(start, (int)length)[..(int)length]);
    }

    /// <summary>Adds what another text says and this one does not.</summary>
    public void AddMissing(TagText other)
    {
        Title ??= other.Title;
        Artist ??= other.Artist;
        Album ??= other.Album;
        Year ??= other.Year;
        Genre ??= other.Genre;
        Track ??= other.Track;
        Comment ??= other.Comment;
    }

    /// <summary>A text that does not say how it is written: UTF-8, or, where it cannot be that, Latin-1.</summary>
    public static string Utf8OrLatin1(ReadOnlySpan<byte> bytes) =>
        (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    /// <summary>What is known of an input, with these tags; one that is missing here stays as it is there.</summary>
    public AudioInfo AddTo(AudioInfo info) => info with
    {
        Title = Title ?? info.Title,
        Artist = Artist ?? info.Artist,
        Album = Album ?? info.Album,
        Year = Year ?? info.Year,
        Genre = Genre ?? info.Genre,
        Track = Track ?? info.Track,
        Comment = Comment ?? info.Comment,
    };

    /// <summary>
    /// Keeps a value unless it is empty or there is one already; <paramref name="name"/> is that of an ID3v2 frame, a chunk of an
    /// AIFF or of a WAV's INFO list, or, in capitals, of a Vorbis comment, an APE item or what ffmpeg tells.
    /// </summary>
    public void Keep(string name, string value)
    {
        value = value.Trim();
        if (value.Length == 0)
            return;
        switch (name)
        {
            case "TIT2" or "TT2" or "TITLE" or "NAME" or "INAM": Title ??= value; break;
            case "TPE1" or "TP1" or "ARTIST" or "AUTH" or "IART": Artist ??= value; break;
            case "TALB" or "TAL" or "ALBUM" or "IPRD": Album ??= value; break;
            case "TDRC" or "TYER" or "TYE" or "DATE" or "YEAR" or "ICRD": Year ??= value; break;
            case "TCON" or "TCO" or "GENRE" or "IGNR": Genre ??= Genres.Name(value); break;
            case "TRCK" or "TRK" or "TRACKNUMBER" or "TRACK" or "IPRT" or "ITRK": Track ??= value; break;
            case "COMM" or "COM" or "COMMENT" or "DESCRIPTION" or "ANNO" or "ICMT": Comment ??= value; break;
        }
    }

    private void Add(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith("ID3"u8))
            Id3V2.Read(tag, this);
        else if (tag.StartsWith("TAG"u8))
            Id3V1.Read(tag, this);
        else if (tag[^Math.Min(tag.Length, ApeTag.HeaderLength)..].StartsWith(ApeTag.Mark) || tag.StartsWith(ApeTag.Mark))
            ApeTag.Read(tag, this);
    }
}
