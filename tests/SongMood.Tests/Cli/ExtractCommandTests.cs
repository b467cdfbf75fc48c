using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Cli;
using SongMood.Prediction;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Cli;

[Collection(nameof(Torch))]
public sealed class ExtractCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _labels;
    private readonly string _out;

    public ExtractCommandTests()
    {
        _labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 3);
        _out = _folder.File("features.idv");
    }

    public void Dispose() => _folder.Dispose();

    private string Parts => _out + ".parts";

    private async Task<Tool> ExtractAsync(params string[] more) =>
        await Tool.RunAsync(["extract", "--data", _labels, "--out", _out, .. more]);

    private async Task<string> DoneAsync(params string[] more)
    {
        var run = await ExtractAsync(more);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Out);
        Assert.False(Directory.Exists(Parts));
        return run.Error;
    }

    [Fact]
    public async Task The_file_has_what_the_pipeline_computes_with_names()
    {
        await DoneAsync("--descriptors");
        var context = new MLContext();
        var view = context.Data.LoadFromBinary(_out);
        using (view as IDisposable)
        {
            Assert.Equal(["songs/low00.wav", "songs/high00.wav", "songs/low01.wav"], view.GetColumn<string>("Path").Take(3));
            Assert.Equal(["low", "high", "low", "high", "low", "high"], view.GetColumn<string>("Mood"));
            Assert.Equal("artist 1", view.GetColumn<string>("Group").ElementAt(2));
            var expected = Pipeline(context, load => load.Append(context.Transforms.MusicDescriptors("Features", "Waveform")));
            Assert.Equal(expected.Select(song => song.ToArray()), view.GetColumn<float[]>("Features"));
            VBuffer<ReadOnlyMemory<char>> names = default;
            view.Schema["Features"].GetSlotNames(ref names);
            Assert.Equal(expected[0].Length, names.Length);
            Assert.All(names.DenseValues(), name => Assert.False(name.IsEmpty));
        }
    }

    [Fact]
    public async Task Spectrograms_of_different_lengths_keep_their_bands()
    {
        await DoneAsync("--inputs", "mel", "--seconds", "1.52");
        var context = new MLContext();
        var view = context.Data.LoadFromBinary(_out);
        using (view as IDisposable)
        {
            var type = Assert.IsType<VectorDataViewType>(view.Schema["Features"].Type);
            Assert.Equal([128, 0], type.Dimensions);
            var expected =
                Pipeline(context, load => load.Append(context.Transforms.MelSpectrogram("Mel", "Waveform"))
                .Append(context.Transforms.PowerToDecibels("Features", "Mel")), 1.52);
            Assert.Equal(expected, view.GetColumn<float[]>("Features"));
            Assert.Equal(2, expected.Select(song => song.Length).Distinct().Count());
        }
    }

    [Fact]
    public async Task Both_are_what_each_alone_is()
    {
        await DoneAsync("--both", "--seconds", "1.52");
        var context = new MLContext();
        var view = context.Data.LoadFromBinary(_out);
        using (view as IDisposable)
        {
            Assert.Equal([128, 0], Assert.IsType<VectorDataViewType>(view.Schema["Mel"].Type).Dimensions);
            Assert.True(view.Schema["Features"].HasSlotNames());
            Assert.Equal(Pipeline(context, load => load.Append(context.Transforms.MusicDescriptors("Features", "Waveform")), 1.52),
                view.GetColumn<float[]>("Features"));
            Assert.Equal(Pipeline(context, load => load.Append(context.Transforms.MelSpectrogram("Power", "Waveform"))
                .Append(context.Transforms.PowerToDecibels("Features", "Power")), 1.52), view.GetColumn<float[]>("Mel"));
        }
        Assert.Contains("up to date", await DoneAsync("--inputs", "both", "--seconds", "1.52"));
        _folder.Write("songs/low01.wav", ToneFiles.Wav(333, 1));
        Assert.Contains("6 songs, 5 done before", await DoneAsync("--both", "--seconds", "1.52"));
        Assert.Contains("6 songs, 0 done before", await DoneAsync("--descriptors", "--seconds", "1.52"));
        AssertFailed(await ExtractAsync("--both", "--mel"), "mel and both are asked for");
    }

    [Fact]
    public async Task Any_number_of_threads_writes_the_same_rows()
    {
        await DoneAsync("--threads", "1");
        var one = Rows();
        File.Delete(_out);
        await DoneAsync("--threads", "3");
        Assert.Equal(one, Rows());
    }

    [Fact]
    public async Task What_is_done_is_not_done_again_but_what_has_changed_is()
    {
        Assert.Contains("6 songs, 0 done before", await DoneAsync());
        Assert.Contains("up to date", await DoneAsync());
        Assert.Contains("6 songs, 0 done before", await DoneAsync("--seconds", "1"));
        Assert.Contains("up to date", await DoneAsync("--seconds", "1"));
        Assert.Contains("6 songs, 0 done before", await DoneAsync());

        _folder.Write("songs/low01.wav", ToneFiles.Wav(333, 1)); // another length
        Assert.Contains("6 songs, 5 done before", await DoneAsync());
        File.SetLastWriteTimeUtc(_folder.File("songs/high02.wav"), DateTime.UtcNow.AddHours(1));
        Assert.Contains("6 songs, 5 done before", await DoneAsync());

        var before = Rows();
        var rows = await File.ReadAllTextAsync(_labels, TestContext.Current.CancellationToken);
        File.WriteAllText(_labels, rows.Replace("songs/low00.wav,low", "songs/low00.wav,neither"));
        Assert.Contains("6 songs, 6 done before", await DoneAsync());
        var view = new MLContext().Data.LoadFromBinary(_out);
        using (view as IDisposable)
        {
            Assert.Equal("neither", view.GetColumn<string>("Mood").First());
            var features = view.GetColumn<float[]>("Features").ToArray();
            Assert.NotEqual(features[0], features[2]);
        }
        File.WriteAllText(_labels, rows);
        await DoneAsync();
        Assert.Equal(before, Rows());

        await File.AppendAllTextAsync(_labels, "./songs/low00.wav,LOW,artist 9,0,0\n", TestContext.Current.CancellationToken);
        var said = await DoneAsync();
        Assert.Contains("'LOW' is read as 'low'", said);
        Assert.Contains("left out: 1 of 7 (line 8 says the song of line 2)", said);
        Assert.Contains("up to date", said);
    }

    [Fact]
    public async Task Songs_that_cannot_be_read_are_all_named_and_the_others_are_kept()
    {
        var good = await File.ReadAllBytesAsync(_folder.File("songs/high00.wav"), TestContext.Current.CancellationToken);
        _folder.Write("songs/high00.wav", "Dear friend, this is no music.");
        _folder.Write("songs/low02.wav", "");
        var run = await ExtractAsync();
        AssertFailed(run, $"{_labels}, line 3, column 'path'", "high00.wav", "line 6", "low02.wav", "2 of 6 songs could not be read");
        Assert.False(File.Exists(_out));
        Assert.Equal(4, Directory.GetFiles(Parts).Length);

        _folder.Write("songs/high00.wav", good);
        _folder.Write("songs/low02.wav", good);
        Assert.Contains("6 songs, 4 done before", await DoneAsync());
    }

    [Fact]
    public async Task After_a_cancel_the_same_command_goes_on_and_gives_the_same_rows()
    {
        var damaged = ToneFiles.Wav(300);
        _folder.Write("songs/low00.wav", damaged[..^1000]); // the first song: a note tells when it is done
        await DoneAsync();
        var whole = Rows();
        File.Delete(_out);

        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter("low00.wav", stop);
        var running = SongMoodTool.RunAsync(["extract", "--data", _labels, "--out", _out, "--threads", "1", "--verbose"],
            new ToolConsole(TextWriter.Null, error), stop.Token);
        Assert.Equal(130, await running);
        Assert.Contains("of 6 songs done; the same command goes on from there", error.ToString());
        Assert.False(File.Exists(_out));
        var done = Directory.GetFiles(Parts, "*.f32").Length;
        Assert.InRange(done, 1, 5);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));

        Assert.Contains($"6 songs, {done} done before", await DoneAsync());
        Assert.Equal(whole, Rows());
    }

    [Fact]
    public async Task A_part_that_is_torn_is_computed_again()
    {
        _folder.Write("songs/high00.wav", "no music");
        Assert.Equal(2, (await ExtractAsync()).ExitCode);
        File.WriteAllBytes(Directory.GetFiles(Parts)[0], new byte[44]);
        _folder.Write("songs/high00.wav", ToneFiles.Wav(4000));
        Assert.Contains("6 songs, 4 done before", await DoneAsync());
    }

    [Theory]
    [InlineData("embedding")]
    [InlineData("descriptors")]
    [InlineData("mel")]
    [InlineData("both")]
    public async Task What_a_file_holds_is_learnt_from_where_nothing_else_is_asked_for(string inputs)
    {
        Assert.Contains("the music embedding by", await DoneAsync());
        await DoneAsync("--inputs", inputs, "--seconds", "1");
        var model = _folder.File("m.zip");
        var trained = await Tool.RunAsync("train", "--data", _labels, "--features", _out, "--seconds", "1", "--epochs", "1", "--batch", "4",
            "--model", model);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains($"(inputs {inputs}, network ", trained.Error);
        if (inputs == "both")
            return; // two networks: no training goes on from them
        var further = await Tool.RunAsync("train", "--data", _labels, "--start-from", model, "--seconds", "1", "--epochs", "1",
            "--batch", "4", "--model", _folder.File("further.zip"));
        Assert.True(further.ExitCode == 0, further.Error);
        Assert.Contains($"(inputs {inputs}, network ", further.Error);
        var other = inputs == "mel" ? "descriptors" : "mel";
        AssertFailed(await Tool.RunAsync("train", "--data", _labels, "--features", _out, "--inputs", other, "--seconds", "1", "--model",
            model), "does not fit", "is asked for");
    }

    [Theory]
    [InlineData("descriptors")]
    [InlineData("mel")]
    [InlineData("both")]
    public async Task A_model_trained_on_the_file_is_the_one_trained_on_the_songs(string inputs)
    {
        string[] training = ["--data", _labels, "--inputs", inputs, "--epochs", "2", "--batch", "4", "--seed", "7"];
        await DoneAsync("--inputs", inputs);
        var fromSongs = await Tool.RunAsync(["train", .. training, "--model", _folder.File("songs.zip")]);
        Assert.True(fromSongs.ExitCode == 0, fromSongs.Error);
        var song = _folder.Write("other.wav", ToneFiles.Wav(900));

        // Without the songs: nothing can be decoded.
        Directory.Move(_folder.File("songs"), _folder.File("moved"));
        var fromFile = await Tool.RunAsync(["train", .. training, "--model", _folder.File("file.zip"), "--features", _out]);
        Assert.True(fromFile.ExitCode == 0, fromFile.Error);
        using var first = MoodPredictor.Load(_folder.File("songs.zip"));
        using var second = MoodPredictor.Load(_folder.File("file.zip"));
        Assert.Equal(first.Predict(song).Scores, second.Predict(song).Scores);

        var measured = await Tool.RunAsync("evaluate", "--data", _labels, "--model", _folder.File("file.zip"), "--features", _out);
        Assert.True(measured.ExitCode == 0, measured.Error);
        var crossed = await Tool.RunAsync(["evaluate", .. training, "--cross-validate", "2", "--features", _out]);
        Assert.True(crossed.ExitCode == 0, crossed.Error);
        Directory.Move(_folder.File("moved"), _folder.File("songs"));
        var heard = await Tool.RunAsync("evaluate", "--data", _labels, "--model", _folder.File("file.zip"));
        Assert.Equal(heard.Out, measured.Out);
        Assert.Equal((await Tool.RunAsync(["evaluate", .. training, "--cross-validate", "2"])).Out, crossed.Out);
    }

    [Fact]
    public async Task A_file_that_does_not_fit_is_refused_with_what_differs()
    {
        await DoneAsync("--descriptors", "--seconds", "1");
        var model = _folder.File("m.zip");
        async Task RefusedAsync(string[] more, params string[] says) =>
            AssertFailed(await Tool.RunAsync(["train", "--data", _labels, "--model", model, "--features", _out, .. more]),
                [_out, "songmood extract", .. says]);

        await RefusedAsync([], "holds the descriptors of the first 1 s", "but the descriptors by");
        await RefusedAsync(["--inputs", "both", "--seconds", "1"],
            "but the descriptors and the mel spectrogram in decibels of the first 1 s");
        await RefusedAsync(["--inputs", "mel", "--seconds", "1"], "but the mel spectrogram in decibels of the first 1 s");
        var rows = await File.ReadAllTextAsync(_labels, TestContext.Current.CancellationToken);
        foreach (var (changed, says) in new[]
        {
            (rows + "songs/new.wav,low,x,0,0\n", "holds 6 songs, but"),
            (rows.Replace("songs/low01.wav,low", "songs/low01.wav,high"),
                "line 4: songs/low01.wav is 'high' there and 'low' in the feature file"),
            (rows.Replace("songs/low01.wav", "songs/other.wav"),
                "line 4: the song is songs/other.wav there and songs/low01.wav in the feature file"),
        })
        {
            File.WriteAllText(_labels, changed);
            await RefusedAsync(["--seconds", "1"], says);
        }
        File.WriteAllText(_labels, rows);
        File.SetLastWriteTimeUtc(_folder.File("songs/high00.wav"), DateTime.UtcNow.AddHours(1));
        await RefusedAsync(["--seconds", "1"], "line 3: songs/high00.wav has changed");
        Assert.False(File.Exists(model));
    }

    [Fact]
    public async Task What_is_no_feature_file_is_refused_and_not_overwritten()
    {
        File.WriteAllText(_out, "These are the notes of a year's work.");
        AssertFailed(await ExtractAsync(), _out, "no feature file");
        Assert.StartsWith("These", File.ReadAllText(_out));
        string[] train = ["train", "--data", _labels, "--model", _folder.File("m.zip"), "--features"];
        AssertFailed(await Tool.RunAsync([.. train, _out]), _out, "no feature file");
        AssertFailed(await Tool.RunAsync([.. train, _folder.File("none.idv")]), "There is no feature file", "none.idv");
        (await Tool.RunAsync([.. train, _out, "--columns", "pitch"])).AssertFailed("--features", "--columns");

        File.Delete(_out);
        await DoneAsync();
        var bytes = File.ReadAllBytes(_out);
        for (var kept = 0; kept < bytes.Length; kept += bytes.Length / 7)
        {
            File.WriteAllBytes(_out, bytes[..kept]);
            AssertFailed(await Tool.RunAsync([.. train, _out]), _out, "no feature file");
        }
        var context = new MLContext();
        var another = _folder.File("another.idv");
        using (var stream = File.Create(another))
            context.Data.SaveAsBinary(context.Data.LoadFromEnumerable([new { X = 1f }]), stream);
        AssertFailed(await Tool.RunAsync([.. train, another]), another, "no feature file");
    }

    [Fact]
    public async Task Wrong_options_are_refused()
    {
        (await ExtractAsync("--threads", "0")).AssertFailed("--threads is 0; expected a whole number, 1 or more");
        (await ExtractAsync("--inputs", "smell")).AssertFailed("smell");
        (await ExtractAsync("--seconds", "-1")).AssertFailed("--seconds is -1");
        (await Tool.RunAsync("extract", "--data", _labels)).AssertFailed("--out");
        (await Tool.RunAsync("extract", "--data", _labels, "--out", _folder.Path)).AssertFailed("is a folder");
    }

    /// <summary>Failed, with an error line after what was said before it.</summary>
    private static void AssertFailed(Tool run, params string[] says)
    {
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.DoesNotContain("   at ", run.Error);
        foreach (var text in says)
            Assert.Contains(text, run.Error[run.Error.IndexOf("songmood: ", StringComparison.Ordinal)..]);
    }

    /// <summary>The rows of the feature file; its bytes vary, as ML.NET's writer has threads of its own.</summary>
    private string[] Rows()
    {
        var view = new MLContext().Data.LoadFromBinary(_out);
        using (view as IDisposable)
            return [.. view.GetColumn<string>("Path").Zip(view.GetColumn<string>("Mood"), view.GetColumn<float[]>("Features"))
                .Select(row => $"{row.First},{row.Second},{string.Join(',', row.Third.Select(BitConverter.SingleToInt32Bits))}")];
    }

    private float[][] Pipeline(
        MLContext context, Func<Microsoft.ML.Data.EstimatorChain<SongMood.Transforms.LoadAudioTransformer>,
        IEstimator<ITransformer>> append, double? seconds = null)
    {
        var load = new EstimatorChain<ITransformer>()
            .Append(context.Transforms.LoadAudio("Waveform", "Path",
            new SongMood.Transforms.LoadAudioOptions { DurationSeconds = seconds }));
        var paths = File.ReadLines(_labels).Skip(1).Select(line => new { Path = _folder.File(line.Split(',')[0]) }).ToArray();
        var view = context.Data.LoadFromEnumerable(paths);
        return [.. append(load).Fit(view).Transform(view).GetColumn<float[]>("Features")];
    }
}
