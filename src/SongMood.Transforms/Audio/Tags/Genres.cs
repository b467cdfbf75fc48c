namespace SongMood.Audio.Tags;

/// <summary>The genre names of ID3v1 (its list of 80), by number.</summary>
internal static class Genres
{
    private static readonly string[] Names =
    [
        "Blues", "Classic Rock", "Country", "Dance", "Disco", "Funk", "Grunge", "Hip-Hop", "Jazz", "Metal", "New Age", "Oldies", "Other",
        "Pop", "R&B", "Rap", "Reggae", "Rock", "Techno", "Industrial", "Alternative", "Ska", "Death Metal", "Pranks", "Soundtrack",
        "Euro-Techno", "Ambient", "Trip-Hop", "Vocal", "Jazz+Funk", "Fusion", "Trance", "Classical", "Instrumental", "Acid", "House",
        "Game", "Sound Clip", "Gospel", "Noise", "AlternRock", "Bass", "Soul", "Punk", "Space", "Meditative", "Instrumental Pop",
        "Instrumental Rock", "Ethnic", "Gothic", "Darkwave", "Techno-Industrial", "Electronic", "Pop-Folk", "Eurodance", "Dream",
        "Southern Rock", "Comedy", "Cult", "Gangsta", "Top 40", "Christian Rap", "Pop/Funk", "Jungle", "Native American", "Cabaret",
        "New Wave", "Psychadelic", "Rave", "Showtunes", "Trailer", "Lo-Fi", "Tribal", "Acid Punk", "Acid Jazz", "Polka", "Retro",
        "Musical", "Rock & Roll", "Hard Rock",
    ];

    public static int Count => Names.Length;

    /// <summary>A genre as it is written in ID3v2: a name, a number, or a number in brackets that a name may follow.</summary>
    public static string Name(string text)
    {
        var number = text;
        if (text.StartsWith('(') && text.IndexOf(')') is var end and > 0)
        {
            if (end + 1 < text.Length)
                return text[(end + 1)..].Trim();
            number = text[1..end];
        }

        return int.TryParse(number, out var index) && index >= 0 && index < Names.Length ? Names[index] : text;
    }
}
