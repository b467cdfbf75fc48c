using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class TrainCommandTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_on_tones_says_what_it_learnt_from_and_wrote()
    {
        Assert.Empty(tones.Training.Out);
        Assert.Contains("20 songs of the moods high, low (inputs mel, network crnn, epochs 10, batch 8, learning rate 0.005, seed 3).",
            tones.Training.Error);
        Assert.Contains($"Wrote {tones.Model}", tones.Training.Error);
        Assert.DoesNotContain('\u001b', tones.Training.Error);
        Assert.Empty(Directory.GetFiles(tones.Folder, "*.tmp"));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_scores_and_another_one_others()
    {
        var csv = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 4);
        async Task<string> ScoresAsync(string seed)
        {
            var model = _folder.File("model.zip");
            var run = await Tool.RunAsync("train", "--data", csv, "--columns", "pitch,other", "--model", model, "--epochs", "2", "--batch",
                "4", "--seed", seed,
                "--cross-validate", "2");
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Out + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Weights(model)));
        }
        var first = await ScoresAsync("5");
        Assert.Equal(first, await ScoresAsync("5"));
        Assert.NotEqual(first, await ScoresAsync("6"));
    }

    [Theory]
    [InlineData("path,feeling\nsongs/low00.wav,low\n", "column 'mood'", "Columns found: path, feeling")]
    [InlineData("path,mood\nsongs/low00.wav,low\nsongs/high00.wav,low\n", "at least 2 different moods")]
    [InlineData("path,mood\nsongs/low00.wav,low\nsongs/nowhere.wav,high\n", "line 3", "there is no file", "nowhere.wav")]
    [InlineData("path,mood\nsongs/low00.wav,low\ntext.mp3,high\n", "line 3", "text.mp3")]
    [InlineData("path,mood\nsongs/low00.wav,low\nempty.mp3,high\n", "line 3", "empty.mp3")]
    [InlineData("", "empty")]
    public async Task A_label_file_that_cannot_be_used_is_refused(string text, params string[] says)
    {
        ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1);
        _folder.Write("text.mp3", "Dear friend, this is no music.");
        _folder.Write("empty.mp3", "");
        var csv = _folder.Write("bad.csv", text);
        var run = await Tool.RunAsync("train", "--data", csv, "--model", _folder.File("out.zip"));
        Assert.Equal(2, run.ExitCode);
        foreach (var part in says)
            Assert.Contains(part, run.Error);
        Assert.Contains(csv, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("--verbose", run.Error);
        Assert.Empty(Directory.GetFiles(_folder.Path, "out.zip*"));
    }

    [Fact]
    public async Task A_column_of_the_wrong_type_is_named_with_its_line()
    {
        var csv = _folder.Write("t.csv", "mood,tempo,energy\na,120,0.5\nb,fast,0.1\n");
        (await Tool.RunAsync("train", "--data", csv, "--columns", "energy,tempo", "--model", _folder.File("out.zip")))
            .AssertFailed($"{csv}, line 3, column 'tempo'", "'fast' is not a finite number");
        (await Tool.RunAsync("train", "--data", csv, "--columns", "energy,loudness", "--model", _folder.File("out.zip")))
            .AssertFailed("column 'loudness'", "Columns found: mood, tempo, energy");
    }

    [Fact]
    public async Task Options_that_do_not_fit_together_and_places_that_are_not_there_are_refused()
    {
        var model = _folder.File("out.zip");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--inputs", "smell", "--model", model)).AssertFailed("smell");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--inputs", "mel", "--columns", "pitch", "--model", model))
            .AssertFailed("leave one of the two out");
        (await Tool.RunAsync("train", "--data", tones.Labels)).AssertFailed("--model");
        (await Tool.RunAsync("train", "--model", model)).AssertFailed("--data");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", model, "--epochs", "0"))
            .AssertFailed("--epochs is 0; expected a whole number, 1 or more");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", model, "--epochs", "many")).AssertFailed("many");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", model, "--learning-rate", "-1"))
            .AssertFailed("--learning-rate is -1");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", _folder.File("no/such/out.zip")))
            .AssertFailed("There is no folder");
        (await Tool.RunAsync("train", "--data", tones.Labels, "--model", _folder.Path)).AssertFailed("is a folder");
        (await Tool.RunAsync("train", "--data", _folder.File("none.csv"), "--model", model))
            .AssertFailed("There is no label file", "none.csv");
    }

    [Fact]
    public async Task Training_that_stops_early_says_so_and_goes_on_from_a_model()
    {
        var (table, model) = (NumberTable.Write(_folder), _folder.File("first.zip"));
        var run = await Tool.RunAsync("train", "--data", table, "--columns", "noise", "--model", model, "--epochs", "500", "--batch",
            "8", "--validation", "0.3", "--patience", "2", "--device", "cpu");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Matches(@"Stopped early after epoch \d+ of 500: the loss on the songs kept aside had not fallen for 2 epochs\.", run.Error);
        run = await Tool.RunAsync("train", "--data", table, "--columns", "noise", "--model", _folder.File("second.zip"),
            "--epochs", "2", "--batch", "8", "--start-from", model);
        Assert.True(run.ExitCode == 0, run.Error);
        string[] shared = ["train", "--data", table, "--columns", "noise", "--model", _folder.File("third.zip")];
        (await Tool.RunAsync([.. shared, "--patience", "2"])).AssertFailed("--patience waits for", "set --validation, such as to 0.2");
        (await Tool.RunAsync([.. shared, "--validation", "1"])).AssertFailed("--validation is 1; expected more than 0 and less than 1");
        (await Tool.RunAsync([.. shared, "--start-from", model, "--bags", "2"])).AssertFailed("--start-from goes on with one network");
        (await Tool.RunAsync([.. shared, "--keep-best", "--bags", "2"])).AssertFailed("--keep-best keeps one network");
        (await Tool.RunAsync([.. shared, "--device", "gpu"])).AssertFailed("--device is gpu; expected auto, cpu, cuda or cuda:N");
        (await Tool.RunAsync(["train", "--data", table, "--columns", "noise", "--model", model, "--start-from", model]))
            .AssertFailed("is what is read here");
        var crossed = await Tool.RunAsync([.. shared, "--start-from", model, "-k", "2"]);
        Assert.Equal(2, crossed.ExitCode);
        Assert.Contains("'songmood evaluate --model'", crossed.Error);
    }

    [Fact]
    public async Task Cancelling_stops_training_and_leaves_no_file()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        using var error = new StringWriter();
        var code = await SongMood.Cli.SongMoodTool.RunAsync(
            ["train", "--data", tones.Labels, "--model", _folder.File("out.zip"), "--epochs", "100000"],
            new SongMood.Cli.ToolConsole(TextWriter.Null, error), stop.Token);
        Assert.Equal(130, code);
        Assert.Contains("cancelled", error.ToString());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    /// <summary>The network in a model zip: the zip itself holds time stamps.</summary>
    private static byte[] Weights(string model)
    {
        using var zip = System.IO.Compression.ZipFile.OpenRead(model);
        using var stream = zip.Entries.Single(entry => entry.Name.EndsWith(".onnx")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
