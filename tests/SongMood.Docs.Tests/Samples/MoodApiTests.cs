using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using MoodApi;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests.Samples;

/// <summary>The web service answers over a real connection.</summary>
public sealed class MoodApiTests : IAsyncLifetime
{
    private readonly WebApplication _service = Service.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);

    // A busy machine may take more than the second after which the body would be sent without an answer.
    private readonly HttpClient _client = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(5) });

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync();
        _client.BaseAddress = new(_service.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task It_tells_the_mood_of_a_song_and_its_sections()
    {
        var song = await File.ReadAllBytesAsync(Path.Combine(TestData.RepositoryRoot, "samples", "audio", "energetic-1.mp3"));
        var mood = await AnswerAsync("/mood", song, HttpStatusCode.OK);
        Assert.Equal("energetic", mood.GetProperty("mood").GetString());
        Assert.Equal(4, mood.GetProperty("scores").EnumerateObject().Count());
        var sections = await AnswerAsync("/timeline", song, HttpStatusCode.OK);
        Assert.Equal("energetic", sections[0].GetProperty("mood").GetString());
        Assert.Equal(4, (await _client.GetFromJsonAsync<string[]>("/moods"))!.Length);
    }

    [Fact]
    public async Task What_is_no_song_is_refused_with_what_it_is()
    {
        var refused = await AnswerAsync("/mood", "some words"u8.ToArray(), HttpStatusCode.UnprocessableEntity);
        Assert.Contains("this is text, not audio", refused.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(true)] // the header says it, and nothing is read
    [InlineData(false)] // it is found while it is read
    public async Task A_body_that_is_too_large_is_refused(bool saysItsLength)
    {
        using var body = new StreamContent(new MemoryStream(new byte[(50 << 20) + 1]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mood") { Content = body };
        request.Headers.TransferEncodingChunked = !saysItsLength;
        request.Headers.ExpectContinue = true; // the answer comes before the body
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task<JsonElement> AnswerAsync(string path, byte[] song, HttpStatusCode expected)
    {
        using var body = new ByteArrayContent(song);
        using var answer = await _client.PostAsync(path, body);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
