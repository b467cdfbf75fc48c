using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MoodPage;
using MoodPage.Listening;
using MoodPage.Uploads;

namespace SongMood.Page.Tests;

/// <summary>Nobody fills the page's memory or keeps it busy, and whoever meets a limit is told.</summary>
public sealed class LimitTests
{
    private static readonly byte[] Song = Songs.Wav(3);

    [Fact]
    public async Task A_song_that_is_too_large_is_told_and_the_next_is_heard()
    {
        await using var page = await RunningPage.StartAsync("MaximumSongMegabytes=1");
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(null, ("big.wav", new byte[(1 << 20) + 1])));
        await AssertToldAsync(answer, HttpStatusCode.RequestEntityTooLarge, "larger than 1 MB");
        using var both = await page.Client.PostAsync("/songs", Songs.Form(null, ("big.wav", new byte[3 << 20]), ("small.wav", Song)));
        await AssertToldAsync(both, HttpStatusCode.OK, "larger than 1 MB", "song heard");
    }

    [Fact]
    public async Task All_songs_together_have_a_limit_too()
    {
        await using var page = await RunningPage.StartAsync("MaximumSongMegabytes=1", "SongsOfADrop=1");
        // A body whose length is not told before; nearly all of it is read, and the limit is met within.
        using var form = Songs.Form(null, ("a.wav", Song), ("b.wav", new byte[2 << 20]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/songs") { Content = form };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await page.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<p class=\"message\">", text);
        Assert.Contains("1 songs", text);
    }

    [Fact]
    public async Task More_songs_than_a_drop_may_have_are_told()
    {
        await using var page = await RunningPage.StartAsync("SongsOfADrop=2");
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(null, ("a.wav", Song), ("b.wav", Song), ("c.wav", Song)));
        await AssertToldAsync(answer, HttpStatusCode.OK, "takes 2 songs at once");
    }

    [Fact]
    public async Task Too_many_songs_a_minute_are_told_when_to_come_back()
    {
        await using var page = await RunningPage.StartAsync("SongsPerMinute=2");
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(null, ("a.wav", Song), ("b.wav", Song)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var third = await page.Client.PostAsync("/songs", Songs.Form(null, ("c.wav", Song)));
        await AssertToldAsync(third, HttpStatusCode.TooManyRequests, "2 songs a minute", "Try again");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002")]
    [InlineData("2001:db8:1:2::9", "20010DB800010002")]
    public void A_visitor_is_an_address_or_the_network_of_one(string address, string visitor) =>
        Assert.Equal(visitor, SongGate.Visitor(IPAddress.Parse(address)));

    [Fact]
    public async Task A_song_that_is_too_long_is_told()
    {
        await using var page = await RunningPage.StartAsync("MaximumSongMinutes=1");
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(null, ("long.wav", Songs.Wav(61))));
        await AssertToldAsync(answer, HttpStatusCode.UnprocessableEntity, "It lasts 1:01", "up to 1:00");
    }

    [Fact]
    public async Task Hearing_ends_after_its_time()
    {
        await using var page = await RunningPage.StartAsync("HearingSeconds=1");
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(null, ("slow", SlowSong.Bytes)));
        await SlowSong.BeganAsync();
        await AssertToldAsync(answer, HttpStatusCode.UnprocessableEntity, "not heard within 1 s");
    }

    [Fact]
    public async Task A_request_ends_after_its_time()
    {
        await using var page = await RunningPage.StartAsync("RequestSeconds=1");
        using var connection = new TcpClient();
        await connection.ConnectAsync(page.Client.BaseAddress!.Host, page.Client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync("POST /songs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"u8.ToArray());
        await stream.WriteAsync("Content-Length: 1000\r\n\r\n--b\r\nContent-Disposition: form-data; name=song; file"u8.ToArray());
        using var reader = new StreamReader(stream); // and the rest never comes
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync());
        Assert.Contains("longer than 1 s", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task One_song_is_heard_at_once_and_who_cannot_wait_is_told()
    {
        await using var page = await RunningPage.StartAsync("HeardAtOnce=1", "UploadsAtOnce=2", "UploadsWaiting=0", "UploadsOfAVisitor=3");
        var first = page.Client.PostAsync("/songs", Songs.Form(null, ("first", SlowSong.Bytes)));
        await SlowSong.BeganAsync();
        var second = page.Client.PostAsync("/songs", Songs.Form(null, ("second", SlowSong.Bytes)));
        // The second has a place once a form without a song, which waits for nobody, finds none.
        HttpResponseMessage third;
        do
            third = await page.Client.PostAsync("/songs", Songs.Form(Visits.NewId()));
        while (third.StatusCode == HttpStatusCode.BadRequest);
        await AssertToldAsync(third, HttpStatusCode.ServiceUnavailable, "as many as may are waiting");
        Assert.Equal(TimeSpan.FromSeconds(5), third.Headers.RetryAfter!.Delta);
        SlowSong.LetGo(1);
        await AssertToldAsync(await first, HttpStatusCode.UnprocessableEntity, "It was let go.");
        await SlowSong.BeganAsync();
        SlowSong.LetGo(1);
        await AssertToldAsync(await second, HttpStatusCode.UnprocessableEntity, "It was let go.");
        Assert.Equal(1, SlowSong.MostAtOnce);
    }

    [Fact]
    public async Task Who_leaves_makes_room()
    {
        await using var page = await RunningPage.StartAsync("HeardAtOnce=1", "UploadsAtOnce=1");
        using var leaves = new CancellationTokenSource();
        var first = page.Client.PostAsync("/songs", Songs.Form(null, ("first", SlowSong.Bytes)), leaves.Token);
        await SlowSong.BeganAsync();
        var second = page.Client.PostAsync("/songs", Songs.Form(null, ("a.wav", Song)));
        leaves.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await AssertToldAsync(await second, HttpStatusCode.OK, "song heard");
    }

    [Fact]
    public async Task What_is_no_form_is_told()
    {
        await using var page = await RunningPage.StartAsync();
        using var plain = await page.Client.PostAsync("/songs", new ByteArrayContent(Song));
        await AssertToldAsync(plain, HttpStatusCode.UnsupportedMediaType, "multipart/form-data");
        using var empty = await page.Client.PostAsync("/songs", Songs.Form(Visits.NewId()));
        await AssertToldAsync(empty, HttpStatusCode.BadRequest, "No song was chosen");
        using var whole = Songs.Form(null, ("a.wav", Song));
        using var half = new ByteArrayContent((await whole.ReadAsByteArrayAsync())[..1000]);
        half.Headers.ContentType = whole.Headers.ContentType;
        using var cut = await page.Client.PostAsync("/songs", half);
        await AssertToldAsync(cut, HttpStatusCode.BadRequest, "cut off");
    }

    [Fact]
    public async Task Songs_that_another_sites_page_sends_are_refused()
    {
        await using var page = await RunningPage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/songs") { Content = Songs.Form(null, ("a.wav", Song)) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await page.Client.SendAsync(request);
        await AssertToldAsync(answer, HttpStatusCode.Forbidden, "another site");
    }

    [Fact]
    public async Task A_visit_remembers_its_last_songs_and_the_page_its_last_visits()
    {
        await using var page = await RunningPage.StartAsync("SongsRemembered=2", "VisitsRemembered=3");
        var (visit, visits) = (Visits.NewId(), page.Services.GetRequiredService<Visits>());
        using var answer = await page.Client.PostAsync("/songs", Songs.Form(visit, ("a.wav", Song), ("b.wav", Song), ("c.wav", Song)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["b", "c"], visits.Find(visit)!.Songs.Select(song => song.Title));
        for (var i = 0; i < 10; i++)
            visits.FindOrBegin(Visits.NewId());
        Assert.InRange(visits.Count, 1, 3);
        Assert.Null(visits.Find("../../../../etc/passwd"));
    }

    [Theory]
    [InlineData("SongsPerMinute=0", "SongsPerMinute")]
    [InlineData("MaximumSongMegabytes=1000", "MaximumSongMegabytes")]
    public async Task A_limit_that_cannot_be_is_told_at_the_start(string setting, string named)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningPage.StartAsync(setting));
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public async Task A_misspelt_limit_is_told_at_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningPage.StartAsync("SongsPerMinut=3"));
        Assert.Contains("SongsPerMinut", error.Message);
    }

    [Fact]
    public void Limits_are_as_the_documentation_says() => Assert.Equal(new PageLimits
    {
        MaximumSongMegabytes = 40,
        MaximumSongMinutes = 15,
        SongsOfADrop = 20,
        SongsPerMinute = 30,
        HearingSeconds = 60,
        RequestSeconds = 600,
        HeardAtOnce = Environment.ProcessorCount,
        UploadsAtOnce = 8,
        UploadsOfAVisitor = 2,
        UploadsWaiting = 32,
        MaximumConnections = 200,
        VisitsRemembered = 1000,
        SongsRemembered = 100,
        VisitMinutes = 30,
        Model = null,
    }, new PageLimits());

    private static async Task AssertToldAsync(HttpResponseMessage answer, HttpStatusCode status, params string[] said)
    {
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        foreach (var text in said)
            Assert.Contains(text, page[..page.IndexOf("<template", StringComparison.Ordinal)]);
    }
}
