using System.Diagnostics;
using SongMood.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

/// <summary>Folders given to the tool: songs sorted by mood as --data, and what lies between songs and is none.</summary>
[Collection(nameof(Torch))]
public sealed class FolderCommandTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_with_a_folder_a_mood_stands_for_a_label_file()
    {
        foreach (var (mood, hz) in new[] { ("low", 200), ("high", 4000) })
            for (var i = 0; i < 4; i++)
                _folder.Write($"music/{mood}/artist {i}/{i}.wav", ToneFiles.Wav(hz + 20 * i, 1.5, seed: i));
        _folder.Write("music/low/booklet.pdf", "");
        var (music, model, features) = (_folder.File("music"), _folder.File("m.zip"), _folder.File("f.idv"));
        string[] quick = ["--epochs", "2", "--batch", "4"];
        foreach (var command in new string[][]
        {
            ["extract", "--data", music, "--out", features],
            ["train", "--data", music, "--features", features, "--model", model, .. quick],
            ["evaluate", "--data", music, "--hold-out", "0.5", .. quick],
            ["evaluate", "--data", music, "--model", model, "--trained-on", music],
            ["sweep", "--data", music, "--features", features, "--out", _folder.File("t.csv"), "--learning-rate", "0.001", "--batch", "4",
                "--epochs", "1", "--hold-out", "0.5", "--jobs", "1"],
        })
        {
            var run = await Tool.RunAsync(command);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Error}");
            Assert.Contains($"{music}: Passed over: 1 file that is no song by its name (1 .pdf).", run.Error);
        }
        (await Tool.RunAsync("train", "--data", music, "--columns", "x", "--model", model))
            .AssertFailed("music is a folder, which has no columns");
        (await Tool.RunAsync("train", "--data", music, "--group", "album", "--model", model))
            .AssertFailed("--group album names a column", "music is a folder");
    }

    [Fact]
    public async Task A_folder_with_a_list_a_mood_stands_for_a_label_file()
    {
        foreach (var (mood, hz) in new[] { ("low", 200), ("high", 4000) })
        {
            var list = "#EXTM3U\n";
            for (var i = 0; i < 4; i++)
            {
                _folder.Write($"songs/{mood}{i}.wav", ToneFiles.Wav(hz + 20 * i, 1.2, seed: i));
                list += $"#EXTINF:1,artist {i} - song\n../songs/{mood}{i}.wav\n";
            }
            _folder.Write($"lists/{mood}.m3u8", list);
        }
        var run = await Tool.RunAsync("evaluate", "--data", _folder.File("lists"), "--hold-out", "0.5", "--epochs", "2", "--batch", "4");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("no artist on both sides (checked: 4 artists, 2 parts)", run.Out);
        _folder.Write("lists/low.m3u8", "../songs/gone.wav\n");
        (await Tool.RunAsync("train", "--data", _folder.File("lists"), "--model", _folder.File("m.zip")))
            .AssertFailed("low.m3u8, line 1: there is no file", "Paths are relative to the list's folder");
        (await Tool.RunAsync("train", "--data", _folder.File("lists/low.m3u8"), "--model", _folder.File("m.zip")))
            .AssertFailed("a list has songs of one mood");
    }

    [Fact]
    public async Task Predict_says_what_it_passed_over_and_what_reads_it()
    {
        _folder.Write("songs/a.wav", ToneFiles.Wav(300));
        _folder.Write("songs/b.WMA", "x");
        _folder.Write("songs/deep/c.wma", "x");
        _folder.Write("songs/cover.jpg", "x");
        var run = await Tool.RunAsync("predict", _folder.File("songs"), "--model", tones.Model, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.JsonLines);
        Assert.Equal("songmood: Passed over: 3 files that are no songs by their names (1 .jpg, 2 .wma). Other formats are read once "
            + "they are WAV or FLAC, such as by 'ffmpeg -i song.wma song.flac'.", run.Error.Trim());
    }

    [Fact]
    public async Task Pipes_and_names_that_cannot_be_said_hold_nothing_up()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such names");
        _folder.Write("songs/a.wav", ToneFiles.Wav(300));
        await ShellAsync("mkfifo songs/pipe.mp3 named; mkdir $'songs/\\xe9'; cp songs/a.wav $'songs/b\\xe9.wav'");
        var run = await Tool.RunAsync("predict", _folder.File("songs"), _folder.File("named"), "--model", tones.Model, "--format", "json")
            .WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        await ShellAsync("rm -r songs named"); // which .NET cannot
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(3, run.JsonLines.Length);
        Assert.Equal("low", (string)run.JsonLines[0]["mood"]!);
        Assert.Equal("low", (string)run.JsonLines[1]["mood"]!); // its name is not UTF-8: a byte 0xE9 alone
        Assert.Contains("named: this is a named pipe (FIFO)", (string)run.JsonLines[2]["error"]!);
        Assert.Contains($"Passed over: 1 pipe or device ({_folder.File("songs/pipe.mp3")}).", run.Error);
        Assert.Contains("Passed over: 1 folder whose name is not UTF-8", run.Error);
    }

    private async Task ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-ec", script]) { WorkingDirectory = _folder.Path })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public async Task Any_number_of_threads_predicts_the_same()
    {
        var one = await Tool.RunAsync("predict", Path.Combine(tones.Folder, "songs"), "--model", tones.Model, "--format", "csv",
            "--threads", "1");
        var three =
            await Tool.RunAsync("predict", Path.Combine(tones.Folder, "songs"), "--model", tones.Model, "--format", "csv", "-t", "3");
        Assert.Equal(21, one.OutLines.Length);
        Assert.Equal(one, three);
        (await Tool.RunAsync("predict", tones.Folder, "--threads", "0")).AssertFailed("--threads is 0; expected a whole number, 1 or more");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(30)]
    public async Task A_narrow_terminal_gets_one_column(int width)
    {
        _folder.Write("songs/one.wav", ToneFiles.Wav(300));
        _folder.Write("songs/two.wav", ToneFiles.Wav(5000));
        using var output = new StringWriter();
        var code = await SongMoodTool.RunAsync(["predict", _folder.File("songs"), "--model", tones.Model],
            new ToolConsole(output, TextWriter.Null, outIsTerminal: true) { TerminalWidth = width }, TestContext.Current.CancellationToken);
        var said = System.Text.RegularExpressions.Regex.Replace(output.ToString(), @"\x1b\[[0-9;]*m", "");
        Assert.Equal(0, code);
        Assert.DoesNotContain("…", said);
        var table = said.Split("remark:")[0];
        Assert.All(table.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        foreach (var part in new[] { "mood", "low", "high", "%", "one.wav", "two.wav" })
            Assert.Contains(part, string.Concat(table.Where(letter => !char.IsWhiteSpace(letter))));
    }

    /// <summary>What shows how far the work is has no room for words there.</summary>
    [Theory]
    [InlineData(8, false)]
    [InlineData(30, false)]
    [InlineData(80, true)]
    public async Task A_narrow_terminal_shows_percents_alone(int width, bool hasWords)
    {
        var song = _folder.Write("songs/one.wav", ToneFiles.Wav(300));
        using var error = new StringWriter();
        var code = await SongMoodTool.RunAsync(["predict", song, "--model", tones.Model],
            new ToolConsole(TextWriter.Null, error, errorIsTerminal: true) { TerminalWidth = width },
            TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        Assert.Contains("%", error.ToString());
        Assert.DoesNotContain("…", error.ToString());
        Assert.Equal(hasWords, error.ToString().Contains("Listening", StringComparison.Ordinal));
    }
}
