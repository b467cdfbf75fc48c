using System.Net;
using System.Text.RegularExpressions;

namespace SongMood.Page.Tests;

/// <summary>Whatever is sent ends in a card or in a sentence on the page, and in no failure of the server's.</summary>
public sealed partial class FaultTests(SharedPage shared)
{
    public static TheoryData<string, string> NoSongs => new()
    {
        { "rate2hz_2.wav", "2 Hz" },
        { "rate10hz_600.wav", "10 Hz" },
        { "float_1e30.wav", "1E+30" },
        { "comma_labels.csv", "text" },
        { "empty.mp3", "empty" },
        { "noise.mp3", "no " },
        { "picture.png", "PNG" },
        { "archive.zip", "ZIP" },
        { "half.wav", "" },
        { "film.mp4", "This is an MP4 file (AAC or ALAC); this page hears MP3, WAV, FLAC, AIFF, Ogg and Opus." },
    };

    [Theory]
    [MemberData(nameof(NoSongs))]
    public async Task What_is_no_song_is_told(string name, string said)
    {
        var (status, page) = await SendAsync(name, Content(name));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var message = WebUtility.HtmlDecode(Messages().Match(page).Groups[1].Value);
        Assert.Contains(said, message);
        Assert.Matches("^[A-Z].{20,}[.?!]$", message);
        Assert.DoesNotMatch("SongMood|ffmpeg|frame 0|\\(byte", message); // which are for programmers
    }

    [Fact]
    public async Task Every_file_that_once_went_wrong_ends_on_the_page()
    {
        Assert.Equal(11, Songs.FaultFiles.Length);
        foreach (var file in Songs.FaultFiles)
        {
            var (status, page) = await SendAsync(Path.GetFileName(file), File.ReadAllBytes(file));
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{file}: {status}");
            Assert.Contains(status == HttpStatusCode.OK ? "<article class=\"song heard\"" : "<p class=\"message\">", page);
        }
    }

    [Fact]
    public async Task Songs_with_spoilt_bytes_end_on_the_page()
    {
        var faults = 0;
        for (var seed = 0; seed < 24; seed++)
        {
            var random = new Random(seed);
            var song = seed % 2 == 0 ? Songs.Wav(2) : File.ReadAllBytes(Songs.Sample("sad-1"))[..30_000];
            for (var i = 0; i < 20; i++)
                song[random.Next(i < 10 ? 200 : song.Length)] = (byte)random.Next(256); // half of them where the headers are
            var (status, _) = await SendAsync($"{seed}", song);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"seed {seed}: {status}");
            faults += status == HttpStatusCode.OK ? 0 : 1;
        }
        Assert.InRange(faults, 1, 23);
    }

    [Theory]
    [InlineData("rate_change.mp3")]
    [InlineData("met176.mp3")]
    public async Task What_can_be_heard_of_them_is(string name)
    {
        var (status, page) = await SendAsync(name, File.ReadAllBytes(Songs.FaultFiles.Single(file => Path.GetFileName(file) == name)));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<article class=\"song heard\"", page);
    }

    private static byte[] Content(string name) => name switch
    {
        "empty.mp3" => [],
        "noise.mp3" => Noise(100_000),
        "picture.png" => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Noise(1000)],
        "archive.zip" => [.. "PK\x03\x04"u8, .. Noise(1000)],
        "film.mp4" => [0, 0, 0, 32, .. "ftypM4A "u8, .. Noise(1000)],
        "half.wav" => Songs.Wav(1)[..30],
        _ => File.ReadAllBytes(Songs.FaultFiles.Single(file => Path.GetFileName(file) == name)),
    };

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private async Task<(HttpStatusCode Status, string Page)> SendAsync(string name, byte[] bytes)
    {
        using var answer = await shared.Page.Client.PostAsync("/songs", Songs.Form(null, (name, bytes)));
        var page = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, page[..page.IndexOf("<template", StringComparison.Ordinal)]);
    }

    [GeneratedRegex("<p class=\"message\">([^<]*)</p>")]
    private static partial Regex Messages();
}
