using System.Diagnostics;
using SongMood.Audio;
using SongMood.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary><c>songmood predict</c> for those who listen: --where, --playlists and --watch.</summary>
[Collection(nameof(Torch))]
public sealed class PredictListeningTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TaggedTone _tagged = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Lists => _folder.File("lists");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Playlists_have_the_songs_of_each_mood()
    {
        WriteMusic();
        _folder.Write("music/text.mp3", "no song\n");
        var stale = _folder.Write("lists/high.m3u8", "#EXTM3U\nold.mp3\n");
        var run = await Predict("--playlists", Lists, "--format", "json");
        Assert.Equal((1, 4), (run.ExitCode, run.JsonLines.Length)); // a song that cannot be read is in no list
        Assert.Equal("#EXTM3U\n#EXTINF:2,a\n../music/a.wav\n#EXTINF:2,c\n../music/deeper/c.wav\n", File.ReadAllText(ListOf("low")));
        Assert.Equal("#EXTM3U\n#EXTINF:2,b\n../music/b.wav\n", File.ReadAllText(stale));
        Assert.Equal("#EXTM3U\n", File.ReadAllText(ListOf("unsure")));
        Assert.Contains($"songmood: Wrote playlists into {Lists}: high 1, low 2, unsure 0.", run.Error);

        Assert.All(run.JsonLines.Where(line => line.ContainsKey("scores")), line => Assert.True((double)line["scores"]!["low"]! != 1));
        run = await Predict("--playlists", Lists, "--unsure-below", "1", "--playlist-paths", "absolute", "--where", "low > 0.5");
        Assert.Contains("songmood: 2 of 3 songs are as --where asks (low > 0.5).", run.Error);
        Assert.Equal($"#EXTM3U\n#EXTINF:2,a\n{_folder.File("music/a.wav")}\n#EXTINF:2,c\n{_folder.File("music/deeper/c.wav")}\n",
            File.ReadAllText(ListOf("unsure")));
        Assert.Equal("#EXTM3U\n", File.ReadAllText(ListOf("low")));
        Assert.DoesNotContain("b.wav", run.Out);

        var one = _folder.File("all.m3u8");
        run = await Predict("--playlists", one, "--where", "low > 0.5 or high > 0.5");
        Assert.Contains($"Wrote {one} (3 songs).", run.Error);
        Assert.Equal("#EXTM3U\n#EXTINF:2,a\nmusic/a.wav\n#EXTINF:2,b\nmusic/b.wav\n#EXTINF:2,c\nmusic/deeper/c.wav\n",
            File.ReadAllText(one));
    }

    /// <summary>What a list says of a song comes from the opening by which it is heard.</summary>
    [Theory]
    [InlineData("--format", "json")]
    [InlineData("--timeline", "--why")]
    public async Task A_song_is_opened_no_more_often_for_a_playlist(params string[] options)
    {
        AudioFile.Register(_tagged);
        _folder.Write("music/a.wav", [.. TaggedTone.Mark]);
        var without = await Predict(options);
        Assert.Equal(0, without.ExitCode);
        var opened = _tagged.OpenCount;
        Assert.InRange(opened, 1, 2); // --why hears it again
        var with = await Predict(["--playlists", Lists, .. options]);
        Assert.Equal((0, without.Out), (with.ExitCode, with.Out));
        Assert.Equal(2 * opened, _tagged.OpenCount);
        Assert.Equal("#EXTM3U\n#EXTINF:2,Who - What\n../music/a.wav\n", File.ReadAllText(ListOf("low")));
    }

    [Fact]
    public async Task A_name_with_a_line_break_is_told_and_left_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such names there");
        _folder.Write("music/a\nb.wav", ToneFiles.Wav(300));
        var run = await Predict("--playlists", Lists);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("a\uFFFDb.wav", run.Out); // a table's row is not torn
        Assert.Contains("a b.wav is in no playlist: its name has a line break", run.Error);
        Assert.Equal("#EXTM3U\n", File.ReadAllText(ListOf("low")));
    }

    /// <summary>What a filter asks for is computed, and printed only where it was asked for itself.</summary>
    [Fact]
    public async Task Filters_may_ask_for_features()
    {
        WriteMusic();
        double[] brightness = [.. (await Predict("--features", "--format", "json")).JsonLines
            .Select(line => (double)line["features"]!["brightnessHz"]!)];
        Assert.True(brightness[1] > brightness[0] + 100 && brightness[1] > brightness[2] + 100, string.Join(' ', brightness));
        var filter = FormattableString.Invariant($"brightness > {brightness[1] - 1:0}");
        var run = await Predict("--where", filter, "--format", "json");
        Assert.Equal([_folder.File("music/b.wav")], run.JsonLines.Select(line => (string)line["path"]!));
        Assert.False(run.JsonLines[0].ContainsKey("features"));
        Assert.True((await Predict("--where", filter, "--format", "json", "--features")).JsonLines[0].ContainsKey("features"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_once()
    {
        WriteMusic();
        (await Predict("--where", "low >")).AssertFailed("--where: column 6 of the filter: found the end; expected a number");
        (await Predict("--where", "happy > 0.5")).AssertFailed("column 1", "'happy'", "high, low");
        (await Predict("--where", "not unsure")).AssertFailed("--unsure-below");
        (await Predict("--playlists", _folder.File("music/a.wav"))).AssertFailed("a.wav is a file", ".m3u8");
        (await Predict("--playlists", _folder.File("all.m3u"))).AssertFailed("UTF-8", "all.m3u8");
        (await Predict("--playlist-paths", "absolute")).AssertFailed("--playlists");
        (await Predict("--watch", "--out", _folder.File("x.csv"))).AssertFailed("--out", "--watch");
        (await Tool.RunAsync("predict", _folder.File("music/a.wav"), "--watch", "--model", tones.Model)).AssertFailed("a.wav is none");
    }

    [Fact]
    public async Task A_watch_tells_of_songs_as_they_come_and_ends_with_its_work_done()
    {
        var first = _folder.Write("music/a.wav", ToneFiles.Wav(300));
        var output = new LineWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var error = new StringWriter();
        var run = SongMoodTool.RunAsync(
            ["predict", _folder.File("music"), "--watch", "--format", "json", "--playlists", Lists, "--model", tones.Model],
            new ToolConsole(output, TextWriter.Synchronized(error)), stop.Token);
        Assert.Contains(first, await output.NextAsync(Cancellation));

        // Half a song, which grows for longer than songs take to settle.
        var second = _folder.File("music/b.wav");
        var bytes = ToneFiles.Wav(5000, seconds: 3);
        await using (var growing = new FileStream(second, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
            foreach (var part in bytes.Chunk(bytes.Length / 12))
            {
                await growing.WriteAsync(part, Cancellation);
                await Task.Delay(300, Cancellation); // far from the two seconds, on a busy machine too
            }
        var line = await output.NextAsync(Cancellation);
        Assert.Contains(second, line);
        Assert.Contains("\"seconds\":3,", line);
        Assert.Contains("\"mood\":\"high\"", line);
        while (!File.ReadAllText(ListOf("high")).Contains("b.wav"))
            await Task.Delay(50, Cancellation);

        File.Delete(first);
        while (File.ReadAllText(ListOf("low")).Contains("a.wav"))
            await Task.Delay(50, Cancellation);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.AllFine, await run);
        Assert.Equal("", output.Rest);
        Assert.DoesNotContain("cancelled", error.ToString());
    }

    /// <summary>Ctrl-C is how a watch ends.</summary>
    [Fact]
    public async Task Ctrl_C_ends_a_watch_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no signal to send to another process");
        _folder.Write("music/a.wav", ToneFiles.Wav(300));
        _folder.Write("music/broken.mp3", "no song\n");
        using var process = ToolProcess.Start(ToolProcess.Assembly,
            ["predict", _folder.File("music"), "--watch", "--format", "csv", "--model", tones.Model]);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        string?[] lines = [await Line(), await Line(), await Line()];
        Assert.StartsWith("path,mood,error", lines[0]);
        Assert.Contains("a.wav,low", lines[1]);
        Assert.Contains("broken.mp3,,", lines[2]);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(ExitCode.SomeFailed, process.ExitCode);
        Assert.Contains("1 of 2 could not be read", await errors);

        async Task<string?> Line() => await process.StandardOutput.ReadLineAsync(Cancellation);
    }

    private Task<Tool> Predict(params string[] options) =>
        Tool.RunAsync(["predict", _folder.File("music"), "--model", tones.Model, .. options]);

    private string ListOf(string mood) => _folder.File($"lists/{mood}.m3u8");

    private void WriteMusic()
    {
        _folder.Write("music/a.wav", ToneFiles.Wav(300));
        _folder.Write("music/b.wav", ToneFiles.Wav(5000));
        _folder.Write("music/deeper/c.wav", ToneFiles.Wav(250));
    }

    /// <summary>
    /// A format of its own, so that it hears of no other test's songs. It stays registered, so it has no suffix that other tests would see.
    /// </summary>
    private sealed class TaggedTone : IAudioDecoder
    {
        private int _openCount;

        public static ReadOnlySpan<byte> Mark => "PredictListeningTests"u8;

        public int OpenCount => _openCount;

        public bool CanDecode(ReadOnlySpan<byte> bytes)
        {
            var isMine = bytes.SequenceEqual(Mark);
            if (isMine)
                Interlocked.Increment(ref _openCount); // every opening asks
            return isMine;
        }

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => new()
        {
            Format = "test",
            SampleRate = 22050,
            ChannelCount = 1,
            Duration = TimeSpan.FromSeconds(2),
            BitRate = 1,
            Artist = "Who",
            Title = "What",
        };

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => AudioFile.Read(ToneFiles.Wav(300), options);
    }

    /// <summary>Hands on each line as it is written.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly System.Threading.Channels.Channel<string> _lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public string Rest => _lines.Reader.TryRead(out var line) ? line : "";

        public override void WriteLine(string? value) => _lines.Writer.TryWrite(value!);

        public ValueTask<string> NextAsync(CancellationToken cancellation) => _lines.Reader.ReadAsync(cancellation);
    }
}
