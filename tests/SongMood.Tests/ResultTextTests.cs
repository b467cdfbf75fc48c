using System.Globalization;
using SongMood.Audio;
using SongMood.Catalogue;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Similarity;
using SongMood.Training;

namespace SongMood.Tests;

/// <summary>Results are written for people, with a decimal point whatever the machine's culture.</summary>
public class ResultTextTests
{
    [Fact]
    public void Results_read_well_under_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            commas.NumberFormat.NegativeSign = "\u2212"; // as in Sweden
            commas.NumberFormat.NaNSymbol = "no number"; // a word in Iran
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("0,5 \u22121 no number", $"{0.5} {-1} {double.NaN}"); // the culture is in force
            AssertErrorsRead();
            Assert.Equal("2 channels, 44100 Hz, 0.5 s", new Waveform([new float[22050], new float[22050]], 44100).ToString());
            Assert.Equal("1 channel, 22050 Hz, 0 s", new Waveform([[]], 22050).ToString());
            Assert.Equal("MP3, 1 channel, 22050 Hz, 1.5 s, 62.5 kb/s: The Ones - One", new AudioInfo
            {
                Format = "MP3",
                SampleRate = 22050,
                ChannelCount = 1,
                Duration = TimeSpan.FromSeconds(1.5),
                BitRate = 62500,
                Artist = "The Ones",
                Title = "One",
            }.ToString());
            Assert.Equal("0.652 to 0.731", new ConfidenceInterval(0.6521, 0.7309).ToString());
            Assert.Equal("2 songs: accuracy 100.0 %, macro F1 1.00, log loss 0.308",
                MoodMetrics.Compute(new Predictions(["calm", "sad"], [0, 1], [[0.9f, 0.1f], [0.4f, 0.6f]])).ToString());
            var epoch = new EpochReport
            {
                Epoch = 7,
                EpochCount = 100,
                TrainingLoss = 0.81234,
                TrainingAccuracy = 0.68,
                LearningRate = 1e-3,
            };
            Assert.Equal("epoch 7 of 100: loss 0.8123, accuracy 68.0 %", epoch.ToString());
            Assert.Equal("epoch 7 of 100: loss 0.8123, accuracy 68.0 %; validation loss 0.9012, accuracy 61.5 %, best so far",
                (epoch with { ValidationLoss = 0.9012, ValidationAccuracy = 0.615, IsBest = true }).ToString());
            AssertLearningReads();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static void AssertErrorsRead()
    {
        Assert.StartsWith("A sample rate of -5 Hz was given; 1000 to 768000 Hz are taken.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Waveform([new float[2]], -5)).Message);
        Assert.Equal(new KeyValuePair<string, string>("seed", "-5"),
            new MoodLearningOptions { Seed = -5 }.Describe().Single(setting => setting.Key == "seed"));
    }

    private static void AssertLearningReads()
    {
        var trial = new TrialResult
        {
            Trial = 3,
            Epochs = 1,
            Accuracy = 0.7128,
            FoldAccuracies = [0.7, 0.725],
            LogLoss = 0.8123,
            MacroF1 = 0.7,
            Seconds = 1,
            Error = null,
        };
        Assert.Equal("trial 3, 1 epoch: accuracy 71.3 %, macro F1 0.70, log loss 0.812", trial.ToString());
        Assert.Equal("trial 3 failed: no songs", (trial with { Error = "no songs" }).ToString());
        Assert.Equal("Listening: 3 of 10 (a.mp3)",
            new LearningProgress { Activity = LearningActivity.Listening, StepsDone = 3, StepCount = 10, Note = "a.mp3" }.ToString());
        Assert.Equal("a.mp3: calm", new LabelledSong { Mood = "calm", AudioPath = "a.mp3" }.ToString());
        Assert.Equal("line 7: calm", new LabelledSong { Mood = "calm", Line = 7 }.ToString());
        Assert.Equal("no song of the mood 'calm' was learnt for part 2", new UnlearntMood { Mood = "calm", Part = 1 }.ToString());
        var said = new Predictions(["calm", "sad"], [0, 1], [[0.9f, 0.1f], [0.8f, 0.2f]]);
        Assert.Equal("calm: precision 0.50, recall 1.00, F1 0.67 (1 song)", MoodMetrics.Compute(said).PerMood[0].ToString());
        Assert.Equal("0.000 (0 to 0)", PairedDifference.Compute(said, said).ToString());
        Assert.Equal("middle (+0.55)", new ExplanationPart("middle", 0.55f).ToString());
        Assert.Equal("a.mp3: calm 92 %", new IndexedSong("a.mp3", "calm", 0.92f, null).ToString());
        var model = ModelDescription.ReadPretrained().ToString();
        Assert.StartsWith("takes ", model);
        Assert.EndsWith("tells apart calm, energetic, happy, sad", model);
        Assert.Equal("m.parquet: 1 song, 0 of them with errors, 1 done before",
            new CatalogueReport { Path = "m.parquet", SongCount = 1, FailedCount = 0, DoneBefore = 1 }.ToString());
        var folder = Directory.CreateTempSubdirectory("songmood-test-");
        var labels = Path.Combine(folder.FullName, "l.csv");
        File.WriteAllText(labels, "mood\n" + string.Concat(Enumerable.Repeat("calm\nsad\n", 5)));
        var songs = LabelledSongs.Read(labels, new() { RequireAudio = false });
        folder.Delete(recursive: true);
        var all = new Predictions(["calm", "sad"], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
            [.. Enumerable.Range(0, 10).Select(song => song % 2 == 0 ? new[] { 0.9f, 0.1f } : [0.2f, 0.8f])]);
        var result = new EvaluationResult("2-fold cross-validation", songs, songs.Songs, all, new EvaluationOrigin
        {
            Command = "",
            Started = DateTimeOffset.UnixEpoch,
            Group = "artist",
            Seed = 1,
            Settings = new Dictionary<string, string>(),
            DataSha256 = "",
        });
        Assert.StartsWith($"2-fold cross-validation ({labels}), 10 songs: accuracy 100.0 %, ", result.ToString());
        Assert.StartsWith($"0.000 (0 to 0) beside {result}", result.CompareWith(result).Comparison!.ToString());
    }
}
