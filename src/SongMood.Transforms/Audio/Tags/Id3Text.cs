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
    public static Id3Text Read(ReadOnlySpan<byte> bytes)
    {
        var text = new Id3Text();
        var position = 0;
        for (int length; (length = TagSkipper.LengthAt(bytes, position)) > 0; position += length)
            if (bytes[position..].StartsWith("ID3"u8))
                Id3V2.Read(bytes.Slice(position, length), text);
        Id3V1.Read(bytes, text);
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
