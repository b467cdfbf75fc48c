using System.Globalization;

namespace SongMood.Audio.Tags;

/// <summary>The genre names of ID3v1 (its list of 80, and what Winamp added to it), by number.</summary>
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

        // Winamp's, from 80 on
        "Folk", "Folk-Rock", "National Folk", "Swing", "Fast Fusion", "Bebop", "Latin", "Revival", "Celtic", "Bluegrass",
        "Avantgarde", "Gothic Rock", "Progressive Rock", "Psychedelic Rock", "Symphonic Rock", "Slow Rock", "Big Band", "Chorus",
        "Easy Listening", "Acoustic", "Humour", "Speech", "Chanson", "Opera", "Chamber Music", "Sonata", "Symphony", "Booty Bass",
        "Primus", "Porn Groove", "Satire", "Slow Jam", "Club", "Tango", "Samba", "Folklore", "Ballad", "Power Ballad",
        "Rhythmic Soul", "Freestyle", "Duet", "Punk Rock", "Drum Solo", "A Cappella", "Euro-House", "Dance Hall", "Goa",
        "Drum & Bass", "Club-House", "Hardcore", "Terror", "Indie", "BritPop", "Worldbeat", "Polsk Punk", "Beat",
        "Christian Gangsta Rap", "Heavy Metal", "Black Metal", "Crossover", "Contemporary Christian", "Christian Rock",
        "Merengue", "Salsa", "Thrash Metal", "Anime", "JPop", "Synthpop", "Abstract", "Art Rock", "Baroque", "Bhangra",
        "Big Beat", "Breakbeat", "Chillout", "Downtempo", "Dub", "EBM", "Eclectic", "Electro", "Electroclash", "Emo",
        "Experimental", "Garage", "Global", "IDM", "Illbient", "Industro-Goth", "Jam Band", "Krautrock", "Leftfield", "Lounge",
        "Math Rock", "New Romantic", "Nu-Breakz", "Post-Punk", "Post-Rock", "Psytrance", "Shoegaze", "Space Rock", "Trop Rock",
        "World Music", "Neoclassical", "Audiobook", "Audio Theatre", "Neue Deutsche Welle", "Podcast", "Indie Rock", "G-Funk",
        "Dubstep", "Garage Rock", "Psybient",
    ];

    public static int Count => Names.Length;

    /// <summary>
    /// A genre as it is written in ID3v2: a name, a number, or numbers in brackets (also RX and CR) that a name may follow
    /// (2.3, 4.2.1, TCON). The name counts, else the first number.
    /// </summary>
    public static string Name(string text)
    {
        var (rest, first) = (text, (string?)null);
        while (rest.StartsWith('(') && rest.IndexOf(')') is var end and > 0 && IsReference(rest[1..end]))
        {
            first ??= Find(rest[1..end]);
            rest = rest[(end + 1)..].Trim();
        }

        if (rest.StartsWith("((", StringComparison.Ordinal))
            rest = rest[1..]; // a name that begins with a bracket
        return rest.Length > 0 ? Find(rest) ?? rest : first ?? text;
    }

    private static bool IsReference(string text) => text is "RX" or "CR" || (text.Length > 0 && text.All(char.IsAsciiDigit));

    private static string? Find(string text) => text switch
    {
        "RX" => "Remix",
        "CR" => "Cover",
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Names.Length => Names[index],
        _ => null,
    };
}
