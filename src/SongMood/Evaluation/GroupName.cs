using System.Collections.Frozen;
using System.Text;

namespace SongMood.Evaluation;

/// <summary>When two names mean one group: "Beyoncé", "BEYONCE" and "beyonce " are one artist.</summary>
internal static class GroupName
{
    /// <summary>Upper-case letters, each before its accented forms (Unicode Character Database 15, canonical decompositions of Latin, Greek
    /// and Cyrillic). <see cref="string.Normalize()"/> does nothing in an app with invariant globalization, which the tool is.</summary>
    private const string Accented =
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ BḂḄḆ CÇĆĈĊČḈ DĎḊḌḎḐḒ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ FḞ GĜĞĠĢǦǴḠ HĤȞḢḤḦḨḪ "
        + "IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ JĴ KĶǨḰḲḴ LĹĻĽḶḸḺḼ MḾṀṂ NÑŃŅŇǸṄṆṈṊ OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ PṔṖ RŔŖŘȐȒṘṚṜṞ "
        + "SŚŜŞŠȘṠṢṤṦṨ TŢŤȚṪṬṮṰ UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ VṼṾ WŴẀẂẄẆẈ XẊẌ YÝŶŸȲẎỲỴỶỸ ZŹŻŽẐẒẔ ÆǢǼ ØǾ ƷǮ ΑΆ ΕΈ "
        + "ΗΉ ΙΊΪ ΟΌ ΥΎΫ ΩΏ ϒϓϔ ІЇ АӐӒ ГЃ ЕЀЁӖ ЖӁӜ ЗӞ ИЍЙӢӤ КЌ ОӦ УЎӮӰӲ ЧӴ ЫӸ ЭӬ ѴѶ ӘӚ ӨӪ ";

    private static readonly FrozenDictionary<char, char> Plain = Accented.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(forms => forms.Skip(1).Select(form => KeyValuePair.Create(form, forms[0]))).ToFrozenDictionary();

    /// <summary>
    /// Equal for names that differ only in upper and lower case, in white space around and between their words, and in accents, which some
    /// catalogues drop and some write as marks of their own. To take two artists for one costs a split little; the reverse is a leak.
    /// Null for a name of nothing but white space: no group.
    /// </summary>
    public static string? Key(string? name) => Key(name, accent: null);

    /// <summary>
    /// As <see cref="Key(string?)"/>, but a letter with an accent is another than the letter without: for names whose accents nobody drops.
    /// An accent that one system writes as a part of the letter and another as a mark of its own makes no difference.
    /// </summary>
    public static string? KeyWithAccents(string? name) => Key(name, '\u0301');

    private static string? Key(string? name, char? accent)
    {
        var key = new StringBuilder(name?.Length ?? 0);
        foreach (var letter in (name ?? "").ToUpperInvariant())
            if (char.IsWhiteSpace(letter))
            {
                if (key.Length > 0 && key[^1] != ' ')
                    key.Append(' ');
            }
            else
            {
                var isMark = letter is >= '\u0300' and <= '\u036F'; // combining diacritical marks
                if (!isMark)
                    key.Append(Plain.GetValueOrDefault(letter, letter));
                if (accent is { } mark && (isMark || Plain.ContainsKey(letter)) && !(key.Length > 0 && key[^1] == mark))
                    key.Append(mark);
            }
        return key.Length == 0 ? null : key.ToString().TrimEnd();
    }

    /// <summary>What counts as one: the songs (or rows) of a group together, and each without a group (null or blank) by itself.</summary>
    /// <param name="songs">The songs.</param>
    /// <param name="group">The group of a song, or null where there are no groups at all.</param>
    /// <returns>The songs of each unit, units and songs in their order in <paramref name="songs"/>.</returns>
    public static int[][] Units(IEnumerable<int> songs, Func<int, string?>? group) =>
        [.. songs.GroupBy(song => Key(group?.Invoke(song)) is { } key ? (key, -1) : ("", song)).Select(unit => unit.ToArray())];
}
