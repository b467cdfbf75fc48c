using System.Net;
using System.Text.RegularExpressions;
using MoodPage.Listening;
using SongMood.TestSupport;

namespace SongMood.Page.Tests;

/// <summary>What the page answers.</summary>
public sealed partial class PageTests(SharedPage shared)
{
    private readonly HttpClient _client = shared.Page.Client;

    [Fact]
    public async Task A_song_is_told_with_all_that_is_known_of_it()
    {
        var card = await SendAsync(null, ("Corner Shop.mp3", File.ReadAllBytes(Songs.Sample("happy-1"))));
        Assert.Contains(">Corner Shop<", card);
        Assert.Contains("Corner Shop Parade", card); // its title tag
        string[] parts = ["44.1 kHz", "128 bpm", "D major", "LUFS", "Valence ", "data:image/png;base64,", "class=\"section tone-"];
        Assert.All(parts, part => Assert.Contains(part, card));
        foreach (var mood in new[] { "happy", "energetic", "sad", "calm" })
            Assert.Contains($"<th scope=\"row\">{mood}</th>", card);
    }

    [Theory]
    [InlineData("vorbis-stereo.ogg", "Ogg Vorbis")]
    [InlineData("opus-stereo.opus", "Opus")]
    [InlineData("layer2-stereo.mp2", "MP2")]
    public async Task Songs_of_all_managed_formats_are_heard(string file, string format)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Formats.Tests", "Fixtures", file));
        var card = await SendAsync(null, (file, bytes));
        Assert.Contains("song heard", card);
        Assert.Contains(format, card);
    }

    [Fact]
    public async Task Songs_are_compared_with_those_of_the_same_visit_alone()
    {
        var visit = Visits.NewId();
        var song = File.ReadAllBytes(Songs.Sample("calm-1"));
        Assert.DoesNotContain("class=\"alike\"", await SendAsync(visit, ("first.mp3", song)));
        var again = await SendAsync(visit, ("second.mp3", song));
        Assert.Matches("class=\"alike\".*>first<.*1\\.00", OneLine(again));
        Assert.Contains("id=\"song-2\"", again);
        Assert.DoesNotContain(">first<", await SendAsync(Visits.NewId(), ("third.mp3", song)));
    }

    [Fact]
    public async Task Songs_of_one_form_are_heard_each_and_a_bad_one_spoils_no_other()
    {
        var page = await SendAsync(null, ("a.mp3", File.ReadAllBytes(Songs.Sample("calm-2"))), ("b.txt", "words"u8.ToArray()),
            ("c.mp3", File.ReadAllBytes(Songs.Sample("energetic-2"))));
        Assert.Equal(["song heard", "song fault", "song heard"], Cards().Matches(Body(page)).Select(card => card.Groups[1].Value));
        Assert.Contains("id=\"title-2\"", page); // without a visit's number, too, they are of one visit
    }

    [Fact]
    public async Task A_name_is_text_whatever_it_says()
    {
        const string Name = "<img src=x onerror=alert(1)>&'%22.mp3"; // a quotation mark comes so from browsers
        var page = await SendAsync(null, (Name, Songs.Wav(3)));
        Assert.DoesNotContain("<img src=x", page);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&amp;&#x27;&quot;<", page);
    }

    [Theory]
    [InlineData("../../etc/passwd.mp3", "passwd")]
    [InlineData("C:\\music\\song.flac", "song")]
    [InlineData("in\u202Egpj.mp3", "ingpj")] // the letter that turns what follows round
    [InlineData("line\r\nbreak\0.wav", "linebreak")]
    [InlineData(".mp3", "A song without a name")]
    [InlineData("", "A song without a name")]
    [InlineData(null, "A song without a name")]
    [InlineData("a.b.c.mp3", "a.b.c")]
    public void A_title_is_a_name_without_folders_suffix_and_what_is_not_seen(string? fileName, string title) =>
        Assert.Equal(title, MoodPage.Wording.Title(fileName));

    [Fact]
    public void A_long_title_is_cut_between_letters()
    {
        var title = MoodPage.Wording.Title(string.Concat(Enumerable.Repeat("👩🏽", 100)) + ".mp3");
        Assert.Equal(80, new System.Globalization.StringInfo(title).LengthInTextElements);
        Assert.EndsWith("👩🏽…", title);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK, "no-store")]
    [InlineData("/page.css", HttpStatusCode.OK, "no-cache")]
    [InlineData("/page.js", HttpStatusCode.OK, "no-cache")]
    [InlineData("/player.js", HttpStatusCode.OK, "no-cache")]
    [InlineData("/happy-1.mp3", HttpStatusCode.OK, "no-cache")]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "no-cache")]
    public async Task Every_answer_has_safe_headers(string path, HttpStatusCode status, string cache)
    {
        using var answer = await _client.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        AssertSafe(answer, cache);
    }

    [Fact]
    public async Task So_has_an_answer_to_songs()
    {
        using var answer = await _client.PostAsync("/songs", Songs.Form(null, ("a.txt", "words"u8.ToArray())));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        AssertSafe(answer, "no-store");
    }

    [Fact]
    public async Task What_nobody_foresaw_is_told_as_ours_and_without_its_text()
    {
        using var answer = await _client.PostAsync("/songs", Songs.Form(null, ("a.mp3", BrokenSong.Bytes)));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        AssertSafe(answer, "no-store");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Something went wrong on our side", Body(page));
        Assert.DoesNotContain("not foreseen", page);
    }

    [Fact]
    public async Task No_script_and_no_style_stands_in_the_page()
    {
        var page = await SendAsync(null, ("a.mp3", File.ReadAllBytes(Songs.Sample("calm-2"))));
        Assert.Contains("<script type=\"module\" src=", page); // the one that is there is a file
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|https?://", page);
    }

    private static void AssertSafe(HttpResponseMessage answer, string cache)
    {
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy").Split("; ");
        string[] rules = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"];
        Assert.All(rules, rule => Assert.Contains(rule, policy));
        Assert.DoesNotContain(policy, rule => rule.Contains("unsafe"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal(cache, Header("Cache-Control"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    private async Task<string> SendAsync(string? visit, params (string Name, byte[] Bytes)[] songs)
    {
        using var answer = await _client.PostAsync("/songs", Songs.Form(visit, songs));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The page without the cards that its script copies.</summary>
    private static string Body(string page) => page[..page.IndexOf("<template", StringComparison.Ordinal)];

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    [GeneratedRegex("<article class=\"([^\"]*)\"")]
    private static partial Regex Cards();
}
