using System.IO.Compression;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.TestSupport;

namespace SongMood.Tests.Learning;

/// <summary>Below which score a model is unsure: how it is chosen, kept and used.</summary>
[Collection(nameof(Torch))]
public sealed class ConfidenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Right at 0.9, 0.8, 0.7 and 0.55, wrong at 0.65, 0.6 and 0.5: above 0.675 are three right ones and no other.</summary>
    [Fact]
    public void The_threshold_keeps_right_ones_and_leaves_wrong_ones()
    {
        var chosen = Choose((0.9f, true), (0.5f, false), (0.8f, true), (0.65f, false), (0.7f, true), (0.6f, false), (0.55f, true));
        Assert.Equal(0.675, chosen.Threshold, 1e-6);
        Assert.Equal((3.0 / 7, 1.0, 0.25, 7),
            (chosen.Coverage, chosen.AccuracyWhereSure!.Value, chosen.AccuracyWhereUnsure!.Value, chosen.SongCount));
        Assert.Equal("unsure below 0.67: sure of 43 % of 7 songs and right about 100 % of them, 25 % of the others", chosen.ToString());
    }

    [Fact]
    public void Songs_with_one_score_are_on_one_side()
    {
        var chosen = Choose((0.9f, true), (0.7f, true), (0.7f, false), (0.7f, true), (0.6f, false));
        Assert.Equal(0.65, chosen.Threshold, 1e-6);
        Assert.Equal(0.8, chosen.Coverage, 1e-9);
    }

    [Fact]
    public void All_right_and_all_wrong_have_one_side()
    {
        var right = Choose((0.9f, true), (0.6f, true));
        Assert.Equal((0.6f, 1, 1, null), ((float)right.Threshold, right.Coverage, right.AccuracyWhereSure, right.AccuracyWhereUnsure));
        var wrong = Choose((0.9f, false), (0.6f, false));
        Assert.Equal((1, 0, null, 0), (wrong.Threshold, wrong.Coverage, wrong.AccuracyWhereSure, wrong.AccuracyWhereUnsure));
    }

    [Fact]
    public async Task Training_measures_it_on_songs_held_out_and_keeps_it()
    {
        var songs = NumberSongs.Read(_folder);
        var options = NumberSongs.Options with { Epochs = 30 };
        using var model = await new MoodLearning(songs, options).FitAsync(cancellation: Cancellation);
        var expected = ConfidenceThreshold.Choose(
            (await new MoodLearning(songs, options).CrossValidateAsync(5, cancellation: Cancellation)).Predictions);
        Assert.Equal(expected, model.Confidence);
        Assert.Equal(90, expected.SongCount);
        var path = _folder.File("numbers.zip");
        model.Save(path);
        Assert.Equal(expected, ModelDescription.Read(path).Confidence);
        // Measured already, it is not measured again, and the file is the same.
        var learning = new MoodLearning(songs, options);
        await learning.CrossValidateAsync(5, cancellation: Cancellation);
        var activities = new HashSet<LearningActivity>();
        var progress = new ImmediateProgress<LearningProgress>(step => activities.Add(step.Activity));
        using var after = await learning.FitAsync(progress, Cancellation);
        Assert.Equal([LearningActivity.Training], activities);
        after.Save(_folder.File("after.zip"));
        Assert.Equal(
            await File.ReadAllBytesAsync(path, Cancellation), await File.ReadAllBytesAsync(_folder.File("after.zip"), Cancellation));
        using var without = await new MoodLearning(songs, options with { ConfidenceFolds = 0 }).FitAsync(cancellation: Cancellation);
        Assert.Null(without.Confidence);
        // The network is the same, measured or not.
        without.Save(_folder.File("without.zip"));
        Assert.Equal(Network(_folder.File("without.zip")), Network(path));
        using var few = await new MoodLearning(NumberSongs.Read(_folder, 49), options).FitAsync(cancellation: Cancellation);
        Assert.Null(few.Confidence);
        Assert.Contains("ConfidenceFolds is 1; expected 2 folds or more",
            Assert.Throws<MoodLearningException>(() => new MoodLearning(songs, options with { ConfidenceFolds = 1 })).Message);
    }

    [Fact]
    public async Task The_tool_says_it_and_the_predictor_uses_it()
    {
        var labels = ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 26);
        var zip = _folder.File("tones.zip");
        var run = await Tool.RunAsync("train", "--data", labels, "--model", zip, "--epochs", "3", "--learning-rate", "1e-6",
            "--confidence-folds", "2"); // it learns next to nothing, and is sure of nothing
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("unsure below", run.Error);
        Assert.Contains("unsure below", (await Tool.RunAsync("inspect", zip)).Out);
        using var predictor = MoodPredictor.Load(zip);
        Assert.Equal(52, predictor.Confidence!.SongCount);
        var song = ToneFiles.Wav(300);
        var prediction = predictor.Predict(song);
        var score = prediction.Scores[prediction.Mood];
        Assert.InRange(score, 0.5, 0.9);
        Assert.Equal(score < predictor.Confidence.Threshold, prediction.IsUnsure);
        foreach (var (below, isUnsure) in new[] { (score - 0.01, false), (score + 0.01, true) })
        {
            using var asked = MoodPredictor.Load(zip, new MoodPredictorOptions { UnsureBelow = below });
            Assert.Equal(isUnsure, asked.Predict(song).IsUnsure);
            Assert.Equal(isUnsure, asked.Predict(song).ToString().Contains("; unsure"));
        }
        Assert.Contains("UnsureBelow is 1.5", Assert.Throws<ArgumentException>(
            () => MoodPredictor.Load(zip, new MoodPredictorOptions { UnsureBelow = 1.5 })).Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"confidence":{"threshold":7,"coverage":0.5,"songCount":9}}""")]
    [InlineData("""{"confidence":{"threshold":0.7}}""")]
    public void Damaged_notes_are_a_damaged_model(string notes)
    {
        var zip = _folder.File("damaged.zip");
        using (var resource = typeof(MoodPredictor).Assembly.GetManifestResourceStream("SongMood.Pretrained.model.zip")!)
        using (var file = File.Create(zip))
            resource.CopyTo(file);
        using (MoodPredictor.Load(zip)) // it is whole before
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            archive.GetEntry("SongMood/notes.json")?.Delete();
            using var entry = new StreamWriter(archive.CreateEntry("SongMood/notes.json").Open());
            entry.Write(notes);
        }
        Assert.Contains("SongMood/notes.json", Assert.Throws<MoodModelException>(() => MoodPredictor.Load(zip)).Message);
    }

    private static PredictionConfidence Choose(params (float Score, bool IsRight)[] songs) => ConfidenceThreshold.Choose(new Predictions(
        ["one", "other"],
        [.. songs.Select(song => song.IsRight ? 0 : 1)],
        [.. songs.Select(song => (float[])[song.Score, 1 - song.Score])]));

    private static byte[] Network(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var content = new MemoryStream();
        using (var entry = zip.Entries.Single(entry => entry.FullName.EndsWith("network.onnx")).Open())
            entry.CopyTo(content);
        return content.ToArray();
    }
}
