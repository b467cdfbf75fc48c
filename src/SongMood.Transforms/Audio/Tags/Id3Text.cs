namespace SongMood.Audio.Tags;

/// <summary>The text tags that ID3v2 and ID3v1 share, the first found of each; null where there is none.</summary>
internal sealed class Id3Text
{
    public string? Title { get; private set; }

    public string? Artist { get; private set; }

    public string? Album { get; private set; }

    public string? Year { get; private set; }

    public string? Genre { get; private set; }

    public string? Track { get; private set; }

    public string? Comment { get; private set; }

    /// <summary>Reads the ID3v2 tags at the start of a file, then the ID3v1 tag at its end for what they do not say.</summary>
    public static Id3Text Read(ByteSource input, int maxTagBytes)
    {
        var text = new Id3Text();
        long position = 0;
        for (long length; (length = TagSkipper.LengthAt(input, position)) > 0 && length <= maxTagBytes; position += length)
            if (input.At(position, (int)length) is var tag && tag.StartsWith("ID3"u8))
                Id3V2.Read(tag[..(int)length], text);
        Id3V1.Read(input.At(Math.Max(0, input.Length - Id3V1.Length), Id3V1.Length), text);
        return text;
    }

    /// <summary>Keeps a value unless it is empty or there is one already; <paramref name="frame"/> is an ID3v2 frame's name.</summary>
    public void Keep(string frame, string value)
    {
        value = value.Trim();
        if (value.Length == 0)
            return;
        switch (frame)
        {
            case "TIT2" or "TT2": Title ??= value; break;
            case "TPE1" or "TP1": Artist ??= value; break;
            case "TALB" or "TAL": Album ??= value; break;
            case "TDRC" or "TYER" or "TYE": Year ??= value; break;
            case "TCON" or "TCO": Genre ??= Genres.Name(value); break;
            case "TRCK" or "TRK": Track ??= value; break;
            case "COMM" or "COM": Comment ??= value; break;
        }
    }
}
