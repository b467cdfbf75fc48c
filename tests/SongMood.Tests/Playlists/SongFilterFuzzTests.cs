using System.Text;
using SongMood.Playlists;

namespace SongMood.Tests.Playlists;

/// <summary>Any text is a filter or an error that says where; a filter says what its parts say.</summary>
public class SongFilterFuzzTests
{
    private static readonly string[] Moods = ["happy", "sad", "energetic", "calm"];

    // What is true of SongFilterTests.Song, and what is not.
    private static readonly (string Text, bool IsSo)[] Facts =
    [
        ("tempo > 100", true), ("mood = happy", true), ("key != C", true), ("happy in 0.5..1", true), ("duration >= 3:20", true),
        ("unsure", false), ("arousal < 0", false), ("mode = major", false), ("'sad' > 0.5", false), ("loudness in -70..-20", false),
    ];

    private static readonly string[] Pieces =
    [
        "and", "or", "not", "in", "(", ")", "<", "<=", "=", "!=", "..", "0.5", "120", "-3", "4:30", "tempo", "mood", "happy", "unsure",
        "key", "'sad'", "\"", ",", "A", "..5", "é", "\uD83D", "\0",
    ];

    [Fact]
    public void Filters_agree_with_their_parts()
    {
        var random = new Random(1);
        int wanted = 0, count = 3000;
        for (var i = 0; i < count; i++)
        {
            var (text, isSo) = Generate(random, depth: 5);
            wanted += isSo ? 1 : 0;
            Assert.True(isSo == SongFilter.Parse(text, Moods).Matches(SongFilterTests.Song), text);
        }
        Assert.InRange(wanted, count / 4, 3 * count / 4);
    }

    [Fact]
    public void Any_text_is_a_filter_or_an_error_with_its_column()
    {
        var random = new Random(2);
        int filters = 0, errors = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = i % 2 == 0 ? Soup(random) : Mutant(random, Generate(random, depth: 3).Text);
            try
            {
                SongFilter.Parse(text, Moods).Matches(SongFilterTests.Song);
                filters++;
            }
            catch (SongFilterException error)
            {
                Assert.InRange(error.Column, 1, text.Length + 1);
                Assert.Contains("; expected ", error.Message);
                errors++;
            }
        }
        Assert.True(filters > 1000 && errors > 1000, $"{filters} filters, {errors} errors");
    }

    [Fact]
    public void Neither_long_nor_deep_filters_end_the_process()
    {
        const int many = 200_000;
        Assert.True(SongFilter.Parse(string.Join(" and ", Enumerable.Repeat("tempo > 1", many))).Matches(SongFilterTests.Song));
        Assert.False(SongFilter.Parse(string.Concat(Enumerable.Repeat("not ", many + 1)) + "mood = happy").Matches(SongFilterTests.Song));
        Assert.True(SongFilter.Parse(new string('(', 100) + "mood = happy" + new string(')', 100)).Matches(SongFilterTests.Song));
        var error = Assert.Throws<SongFilterException>(() => SongFilter.Parse(new string('(', many) + "mood = happy"));
        Assert.Equal(101, error.Column);
        Assert.Contains("100 at most", error.Message);
        Assert.True(Assert.Throws<SongFilterException>(() => SongFilter.Parse(new string('a', many))).Message.Length < 500);
    }

    private static (string Text, bool IsSo) Generate(Random random, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
            return Facts[random.Next(Facts.Length)];
        if (random.Next(4) == 0)
            return Generate(random, depth - 1) is var inner ? ($"not ({inner.Text})", !inner.IsSo) : default;
        var isOr = random.Next(2) == 0;
        var parts = Enumerable.Range(0, random.Next(2, 4)).Select(_ => Generate(random, depth - 1)).ToArray();
        return ($"({string.Join(isOr ? ") or (" : ") and (", parts.Select(part => part.Text))})",
            isOr ? parts.Any(part => part.IsSo) : parts.All(part => part.IsSo));
    }

    private static string Soup(Random random) =>
        string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Mutant(Random random, string text)
    {
        var mutant = new StringBuilder(text);
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(mutant.Length);
            if (random.Next(2) == 0 && mutant.Length > 1)
                mutant.Remove(at, 1);
            else
                mutant.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }
        return mutant.ToString();
    }
}
