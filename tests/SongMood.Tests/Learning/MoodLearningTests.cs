using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public sealed class MoodLearningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_seed_gives_one_result_and_it_is_the_tools()
    {
        var songs = NumberSongs.Read(_folder);
        var first = await new MoodLearning(songs, NumberSongs.Options).CrossValidateAsync(3, cancellation: Cancellation);
        var again = await new MoodLearning(songs, NumberSongs.Options).CrossValidateAsync(3, cancellation: Cancellation);
        var other = await new MoodLearning(songs, NumberSongs.Options with { Seed = 2 }).CrossValidateAsync(3, cancellation: Cancellation);
        Assert.Equal(first.Predictions.Probabilities, again.Predictions.Probabilities);
        Assert.NotEqual(first.Metrics.LogLoss, other.Metrics.LogLoss);
        Assert.True(first.Metrics.Accuracy > 0.45, $"{first.Metrics.Accuracy}"); // chance is a third; it learns for four epochs
        Assert.True(first.Check!.GroupsAreApart);
        Assert.Equal((3, 3, 90), (first.FoldAccuracies.Count, first.Curves.Count, first.Songs.Count));
        Assert.All(first.Curves, curve => Assert.Equal([1, 2, 3, 4], curve.Select(epoch => epoch.Epoch)));

        var json = _folder.File("tool.json");
        var tool = await Tool.RunAsync("evaluate", "--data", songs.File, "--columns", "a,b,c", "--cross-validate", "3", "--epochs", "4",
            "--batch", "16",
            "--learning-rate", "0.01", "--hidden", "8", "--json", json);
        Assert.True(tool.ExitCode == 0, tool.Error);
        var figures = JsonNode.Parse(await File.ReadAllTextAsync(json, Cancellation))!;
        Assert.Equal((first.Metrics.Accuracy, first.Metrics.LogLoss, first.Intervals.Accuracy.Lower),
            ((double)figures["accuracy"]!, (double)figures["logLoss"]!, (double)figures["intervals"]!["accuracy"]![0]!));
    }

    [Fact]
    public async Task A_share_is_held_out_with_its_artists()
    {
        var judged = await new MoodLearning(NumberSongs.Read(_folder), NumberSongs.Options).HoldOutAsync(0.3, cancellation: Cancellation);
        Assert.InRange(judged.Songs.Count, 18, 36);
        Assert.Null(judged.Predictions.Parts);
        Assert.True(judged.Check!.GroupsAreApart);
        Assert.Contains("(checked: 11 artists, 2 parts)", judged.CheckText[0]);
        Assert.Equal("0.3", judged.Origin.Settings["holdOut"]);
    }

    [Fact]
    public async Task Songs_in_folders_become_a_model_that_predicts()
    {
        var labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 4);
        foreach (var song in LabelledSongs.Read(labels).Songs)
        {
            Directory.CreateDirectory(_folder.File($"music/{song.Mood}"));
            File.Move(song.AudioPath!, _folder.File($"music/{song.Mood}/{Path.GetFileName(song.AudioPath)}"));
        }
        var songs = LabelledSongs.FromFolders(_folder.File("music"));
        Assert.Equal((8, 2), (songs.Songs.Count, songs.Moods.Count));
        var told = new Told();
        var options = new MoodLearningOptions { Inputs = SongInput.Mel, Seconds = 1, Epochs = 12, BatchSize = 4, LearningRate = 5e-3 };
        var path = _folder.File("new/moods.zip");
        using (var model = await new MoodLearning(songs, options).FitAsync(told, Cancellation))
        {
            Assert.Equal(["high", "low"], model.Moods);
            model.Save(path);
        }
        using var predictor = MoodPredictor.Load(path);
        Assert.Equal(songs.Songs.Select(song => song.Mood), songs.Songs.Select(song => predictor.Predict(song.AudioPath!).Mood));

        Assert.Equal([LearningActivity.Listening, LearningActivity.Training], told.All.Select(report => report.Activity).Distinct());
        foreach (var activity in told.All.GroupBy(report => report.Activity))
            Assert.Equal(Enumerable.Range(0, activity.Key == LearningActivity.Listening ? 9 : 13),
                activity.Select(report => report.StepsDone));
        Assert.All(told.All, report => Assert.Equal(report.Activity == LearningActivity.Listening ? 8 : 12, report.StepCount));
        Assert.Equal(12, told.All[^1].Epoch!.Epoch);
    }

    [Fact]
    public async Task Folds_are_told_apart_and_features_are_computed_once()
    {
        var told = new Told();
        var learning = new MoodLearning(NumberSongs.Read(_folder), NumberSongs.Options with { Epochs = 2 });
        await learning.CrossValidateAsync(3, told, Cancellation);
        Assert.Equal([null, 1, 1, 2, 2, 3, 3], told.All.Select(report => report.Fold));
        Assert.StartsWith("fold 2 of 3, epoch 1 of 2, loss ", told.All[3].Note);

        var labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 3);
        var heard = new Told();
        var tones = new MoodLearning(LabelledSongs.Read(labels), new MoodLearningOptions { Seconds = 1, Epochs = 1 });
        await tones.PrepareAsync(heard, Cancellation);
        await tones.With(tones.Options with { Epochs = 2 }).FitAsync(heard, Cancellation);
        var described = new MoodLearning(LabelledSongs.Read(labels), tones.Options with { Inputs = SongInput.Descriptors });
        Assert.Equal(SongInput.Descriptors, described.With(new MoodLearningOptions { Seconds = 1 }).Options.Inputs); // where none are set
        Assert.Equal(6, heard.All.Where(report => report.Activity == LearningActivity.Listening).Max(report => report.StepsDone));
        Assert.Single(heard.All, report => report is { Activity: LearningActivity.Listening, StepsDone: 0 });
        Assert.Contains("differ", Assert.Throws<MoodLearningException>(() => tones.With(tones.Options with { Seconds = 2 })).Message);
    }

    [Fact]
    public async Task Cancelling_stops_and_gives_no_result()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told { Then = report => { if (report.StepsDone == 2) stop.Cancel(); } };
        var learning = new MoodLearning(NumberSongs.Read(_folder), NumberSongs.Options with { Epochs = 100_000 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => learning.FitAsync(told, stop.Token));
        Assert.InRange(told.All.Count, 3, 4);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => learning.CrossValidateAsync(2, null, stop.Token));

        var labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MoodLearning(LabelledSongs.Read(labels))
            .PrepareAsync(null, stop.Token));
    }

    public static TheoryData<MoodLearningOptions, string> Contradictions => new()
    {
        { new() { Inputs = SongInput.Both, Bags = 2 }, "Bags repeats one network, and Inputs Both trains two" },
        { new() { Inputs = SongInput.Both, Network = new() { Dropout = 0.1 } }, "leave Network.Kind, Network.Hidden" },
        { new() { Inputs = SongInput.Descriptors, Network = new() { Kind = NetworkKind.Lstm } },
            "Network.Kind lstm hears one frame after the other: it needs Inputs Mel" },
        { new() { Network = new() { Kind = NetworkKind.Linear, Dropout = 0.1 } }, "are for networks with hidden layers" },
        { new() { Inputs = SongInput.Mel, Network = new() { Kind = NetworkKind.Mlp } }, "Inputs Embedding or Inputs Columns" },
        { new() { Network = new() { Layers = 2 } }, "A perceptron has as many layers as Network.Hidden has sizes" },
        { new() { Network = new() { CropFrames = 2 } }, "Network.CropFrames is for" },
        { new() { Inputs = SongInput.Mel, Network = new() { Hidden = [1, 2, 3] } }, "Network.Hidden 1x2x3 has 3 sizes" },
        { new() { Inputs = SongInput.Columns }, "read with numeric columns" },
        { new() { Inputs = (SongInput)9 }, "Inputs is 9" },
        { new() { Network = new() { Kind = (NetworkKind)99 } }, "Network.Kind" },
        { new() { Bags = 0 }, "Bags is 0" },
        { new() { Epochs = 0 }, "Epochs is 0" },
        { new() { Seconds = -1 }, "Seconds is -1" },
        { new() { Inputs = SongInput.Columns, FeatureFile = "f.idv" }, "FeatureFile is for what was computed of the audio" },
        { new() { AlteredCopies = 101 }, "AlteredCopies is 101; expected 0 to 100" },
        { new() { Inputs = SongInput.Columns, AlteredCopies = 1 }, "AlteredCopies is for audio and Inputs Columns for" },
        { new() { FeatureFile = "f.idv", AlteredCopies = 1 }, "AlteredCopies needs the audio, and FeatureFile holds" },
        { new() { Alterations = new() { GainDb = -1 } }, "Alterations: GainDb is -1, expected from 0 to 60" },
        { new() { Alterations = null! }, "Alterations is null" },
        { new() { Network = null! }, "Network, or its list of sizes, is null" },
        { new() { Network = new() { Hidden = null! } }, "Network, or its list of sizes, is null" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_cannot_be_is_refused_at_once_in_the_librarys_words(MoodLearningOptions options, string says)
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1));
        var message = Assert.ThrowsAny<ArgumentException>(() => new MoodLearning(songs, options)).Message;
        Assert.Contains(says, message);
        Assert.DoesNotContain("--", message);
        Assert.DoesNotContain("songmood", message.Replace(songs.File, ""));
    }

    [Fact]
    public void All_that_is_wrong_with_options_is_told_at_once()
    {
        var songs = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 1));
        var message = Assert.Throws<MoodLearningException>(() => new MoodLearning(songs, new MoodLearningOptions
        {
            Seconds = 0,
            Bags = 0,
            FeatureFile = "",
            GroupName = "",
            Epochs = 0,
            BatchSize = 1,
            Inputs = SongInput.Descriptors,
            Network = new() { Kind = NetworkKind.Lstm, Layers = 0, Hidden = [0] },
        })).Message;
        foreach (var fault in new[]
        {
            "Seconds is 0; expected above 0", "Bags is 0; expected 1 network or more", "FeatureFile is empty", "GroupName is empty",
            "Network.Kind lstm hears one frame after the other", "Epochs is 0, expected at least 1", "BatchSize is 1, expected at least 2",
            "Layers is 0, expected at least 1", "HiddenSize is 0, expected at least 1",
        })
            Assert.Contains(fault, message);
    }

    [Fact]
    public async Task A_model_is_judged_on_songs_and_one_that_knows_them_is_found_out()
    {
        var songs = NumberSongs.Read(_folder);
        var path = _folder.File("numbers.zip");
        using (var model = await new MoodLearning(songs, NumberSongs.Options).FitAsync(cancellation: Cancellation))
            model.Save(path);
        var evaluation = ModelEvaluation.Open(path);
        Assert.Equal(["a", "b", "c"], evaluation.LabelOptions().FeatureColumns);
        Assert.Equal(songs.Moods, evaluation.Moods);
        var judged = await evaluation.RunAsync(songs, new ModelEvaluationOptions { TrainedOn = songs }, cancellation: Cancellation);
        Assert.Contains("LEAK: 11 artists on both sides", judged.CheckText[0]);

        var context = new MLContext();
        var loaded = context.Model.Load(path, out _);
        using (loaded as IDisposable)
        {
            var table = FeatureTable.OfNumbers(songs);
            var scores = loaded.Transform(table.View(context, [.. Enumerable.Range(0, 90)])).GetColumn<float[]>("Score");
            Assert.Equal(scores, judged.Predictions.Probabilities.Select(row => row.ToArray()));
        }
        var unknown = await evaluation.RunAsync(songs, cancellation: Cancellation);
        Assert.Contains("TrainedOn takes the songs that it was trained on", unknown.CheckText[0]);
        var error = await Assert.ThrowsAsync<MoodLearningException>(
            () => evaluation.RunAsync(songs, new ModelEvaluationOptions { FeatureFile = "f.idv" }, cancellation: Cancellation));
        Assert.Contains("cannot take FeatureFile", error.Message);
        var empty = await Assert.ThrowsAsync<ArgumentException>(() => evaluation.RunAsync(
            songs, new ModelEvaluationOptions { FeatureFile = "", GroupName = "" }, cancellation: Cancellation));
        Assert.Equal("ModelEvaluationOptions: FeatureFile is \"\", expected a file, or null; GroupName is \"\", expected a word, such as "
            + "\"artist\".", empty.Message);
        var without = LabelledSongs.Read(songs.File, new LabelledSongsOptions { RequireAudio = false });
        Assert.Contains("takes the columns a, b, c",
            (await Assert.ThrowsAsync<MoodLearningException>(() => evaluation.RunAsync(without, cancellation: Cancellation))).Message);
    }
}
