namespace SongMood.Audio.Mp3;

/// <summary>
/// The code books of ISO/IEC 11172-3, Table B.7. Each is written as its symbols in the order of their code words (as binary
/// fractions) beside the lengths of those words (base 36): a complete prefix code is fully given by these two.
/// </summary>
internal static class HuffmanCodeBooks
{
    /// <summary>One code book: symbol and code length, in ascending order of code words.</summary>
    internal readonly record struct Book(string Name, (int Symbol, int Length)[] Codes);

    /// <summary>Pair tables by number (symbol 16 x + y); those that share a code, and 0, 4 and 14, are null.</summary>
    public static Book?[] Pairs { get; } = new Book?[32];

    /// <summary>Quadruple tables A and B (symbol 8 v + 4 w + 2 x + y).</summary>
    public static Book[] Quadruples { get; }

    static HuffmanCodeBooks()
    {
        foreach (var (number, symbols, lengths) in PairTexts)
            Pairs[number] = new Book($"{number}", Parse(symbols, 2, lengths));
        Quadruples =
        [
            new Book("A", Parse(QuadrupleA.Symbols, 1, QuadrupleA.Lengths)),
            new Book("B", Parse(QuadrupleB.Symbols, 1, QuadrupleB.Lengths)),
        ];
    }

    /// <summary>linbits of pair tables 16 to 31 (Table B.7): 16 to 23 share the code of 16, 24 to 31 that of 24.</summary>
    public static ReadOnlySpan<byte> LinBits => [1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13];

    private static (int, int)[] Parse(string symbols, int digits, string lengths)
    {
        var codes = new (int, int)[lengths.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            var length = char.IsAsciiDigit(lengths[i]) ? lengths[i] - '0' : lengths[i] - 'a' + 10;
            codes[i] = (Convert.ToInt32(symbols.Substring(digits * i, digits), 16), length);
        }

        return codes;
    }

    private static (int Number, string Symbols, string Lengths)[] PairTexts =>
    [
        (1, "11011000", "3321"),
        (2, "220212212011011000", "665553331"),
        (3, "220212212010110100", "665553222"),
        (5, "33233231130330221221022011011000", "8876777766663331"),
        (6, "33032332301331220212212001111000", "7766655554443233"),
        (7,
            "554554533544255215510534504333244214414004233203133130221221022011011000",
            "aaaa99998899899887778888777765664331"),
        (8,
            "555445533544255205155134435033244214410440233213310330220220122111011000",
            "bba9aa999889999888788888888666442332"),
        (9,
            "554535535405442552155134435004244233401441233213310330220212212011011000",
            "998899888877788777766665566554443333"),
        (10,
            "77677657756647745665377346555463277264077062453506534417713626255215513443166160055024423304144140233203133130221221" +
            "022011011000",
            "bbbbbbaaaaaaabba99aa99aa9aa8899aa99aa888999999888888777766664331"),
        (11,
            "77677675664774575556653773464554355327726407711770366360442552051562260616615134504333244214410440233213310330222112" +
            "022011011000",
            "aaaaaaabbaa999aaaa8899788888999987887788899888888776677654553332"),
        (12,
            "77677657756647746556377355277246641771077036634554440605266261166035532552155134435004244214334123324003301331221221" +
            "022000110110",
            "aa99999998899888888998888899777888888777788777666677655544554333"),
        (13,
            "fefcfdedffefdfeecfdebffbcedcafe9ecddfacdbeeb9ff9eabddb8ff8ccae9e8e7f7ef7daadbccbf66fe85f9dd9f5e7acbb4ff4cae6f33f8dd8" +
            "2ff26e9c0fc95eab7dd74ec8d63eb99baa1ff1f0bae5e48c6de3e22e0e1ee1e05dd57cc74d8bb8d49aa96cc63dd37b2dd21db75cc5997ac3a797" +
            "4bd10dd08aa84cc46bb63c2cc25bb5891cc1980cc0b46aa6793bb3885a2ba569a47887947776b21bb10bb0964a3aa359952aa21aa10a68a08649" +
            "93395885672992577538836647745665731991099048847246642882183727177155077036634554266235810880166106605344255205155134" +
            "435024423314410440233213310330221221022011011000",
            "jjihgggggggggghhffggffffffffffggfggeeffffeeeeeeeeeeeffedeeddeedeedeedeeddeecccddddddcddccddddddddddddccddccccddddcdd" +
            "cbccccccccbbbbccbbccbccccbbccbccbccbccaaabbbbbbbbaaaabbabbabbbbaabbaabbbbbb99aaaaabb999aa99aaaaaaaaaa8999999aa999889" +
            "999998788887777766664431"),
        (15,
            "ffeffedfeefdcffcdeedbffbceecddaffabeebcddc9ff9eabddb8ff8cc9ee97ff7addabc6fae0fcbf68ee85f9df57ee7accabbd98d4ff43ff3d8" +
            "e62ff26ef01ff19cc95eabbae57dd74ee48cc83e6dd6e39bb92eaae21ee10ee05dd57cc74d8bd4b89aa96cc63dd3d22d0d1d7bb7d15cd0c58aa8" +
            "4cc46bb6990c3cc37aa7a6c00bc22c5bb51c8998c14bb46a3b79b397882b5ab2a51bb1b069964aa478873aa359952aa21aa10aa0688649943993" +
            "77095885296776929119904884577538836647288218817408805665377346277264175571077036634554266216066035615344255215510550" +
            "344324423341140423324003133130221221022011011000",
            "ddddcddddddcddcccccccccccccccccccccccddbbccccbbbbbbccbbbbbbbbccbbbbbbbbbbbbbbbbbbbbbbbbbccbbbbbbabbbbbbaabbaaaabbaaa" +
            "aaaabbaaaaabb9aaaaaaaaaaaa9aaaa9aa9aaaaaaaa9999999aa999999aa99999989999999999888899999999888888998888888998788777788" +
            "777776776677666555553443"),
        (16,
            "effedffdcffcbffbaffa9ff9f88f7ff76ff6ff5ff54ff4f3f03fceecdddee9ead9eeedebbecddcdbaeccadda7eaccac97d5ebdf22f0f1ff19ebc" +
            "cb8ee89de7bb8dd86ee69cabbae5d74ee48cc83e6dd69bb9aae1d4b8a97bb7d0e30ee05dd57cc74d8b9a6cc63d5cc50d8aa8994cb67a3c5b891c" +
            "c09879e22e1ed32dd2d13b97881dc46bc3a72cc2b5c10c4bb46aa6b35aa52bb21bb10bb069964aa47887a33a592a9568a1867794495767a21a0a" +
            "a0399358852992760919919048847538836628824774188180085637736546277264550717717036634554266216610660533544255251150534" +
            "435024423314410440233213310330221221022011011000",
            "bbbbbbbbabbbbaaaaa8aa9999aghhffggeffeeffeeffffeffed89988deeeeeeeeeeddeeeedeedddeeeeddeedeecddddddddddddddcddddddcddc" +
            "cddbcccccccddbccccbccccccccbccbbbbccccccccbccbccbccbccbaabbbbbbaabbaabbbbbbbbabbaaabbaabbaabba99aaaaaa999aa9aa998999" +
            "999998899887788766664431"),
        (24,
            "effedffdcffcbffbfaaf9ff9f88f7ff76ff65ff54ff43ff32ff2f11ff00feedeedceecddbeebcddcaeeabddbcc9ee9addabccb8ee89dd97ee7ac" +
            "ffcabb8dd80ee00de66e9cc95ebae5ab7dd7e48cc84e2e3e6dd6e39bb9aae21ee15dd57cc74d8bb8d49aa96cc63dd32dd21d7bb7d15cc58aa899" +
            "4cc46bb6d00c3cc37aa72cc25bb51c8998c14bc00b3bb00a1ab46aa67997a00990b3882b5ab2a51bb16996a44a78873aa359952aa2a168867749" +
            "94399358852967769219914884577538836628821847748108805665170770733727724664557136634554266216610660355344255215055051" +
            "344324423314410440233213310330221221022011011000",
            "888888887887788777777777777889bbbbbbbbbbbbbbbbbbbbbbbbbbbb4bbbbccbabbaaaabbaaaabbaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" +
            "aaaabbaaaaaaaaaaaaabbabba9aaaabba99aa9aaaa99aa999999999999999999999999999999999999aa999aa899888888888888899888888997" +
            "887777788776677655664444"),
    ];

    private static (string Symbols, string Lengths) QuadrupleA => ("bfde75963ac21480", "6666665555544441");

    private static (string Symbols, string Lengths) QuadrupleB => ("fedcba9876543210", "4444444444444444");
}
