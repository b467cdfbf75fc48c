using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using SongMood.Alterations;
using SongMood.Audio;
using SongMood.Catalogue;
using SongMood.Evaluation;
using SongMood.Formats.Tags;
using SongMood.Learning;
using SongMood.Playlists;
using SongMood.Prediction;
using SongMood.Similarity;
using SongMood.Trainers;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Tests;

/// <summary>Results are written for people, with a decimal point whatever the machine's culture.</summary>
[Collection(nameof(Trainers.Torch))]
public class ResultTextTests
{
    private static readonly TrialResult Trial = new()
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
        Assert.Equal("trial 3, 1 epoch: accuracy 71.3 %, macro F1 0.70, log loss 0.812", Trial.ToString());
        Assert.Equal("trial 3 failed: no songs", (Trial with { Error = "no songs" }).ToString());
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
        AssertPlainResultsRead(said);
        var folder = Directory.CreateTempSubdirectory("songmood-test-");
        var labels = Path.Combine(folder.FullName, "l.csv");
        File.WriteAllText(labels, "mood\n" + string.Concat(Enumerable.Repeat("calm\nsad\n", 5)));
        var songs = LabelledSongs.Read(labels, new() { RequireAudio = false });
        folder.Delete(recursive: true);
        var all = new Predictions(["calm", "sad"], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
            [.. Enumerable.Range(0, 10).Select(song => song % 2 == 0 ? new[] { 0.9f, 0.1f } : [0.2f, 0.8f])]);
        Assert.Equal($"10 songs of the moods calm, sad ({labels})", songs.ToString());
        Assert.Equal($"10 songs of the moods calm, sad ({labels}), 0 repeats left out", songs.WithoutRepeats().ToString());
        Assert.Equal("line 7 says the song of line 2, id x1", new RepeatedSong(
            new LabelledSong { Mood = "calm", Line = 7, Id = "x1" }, new LabelledSong { Mood = "calm", Line = 2 }).ToString());
        Assert.Equal("no song names its artist: whether one is on both sides cannot be checked",
            SplitCheck.Of(songs.Songs, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]).ToString());
        var result = new EvaluationResult("2-fold cross-validation", songs, songs.Songs, all, new EvaluationOrigin
        {
            Command = "measure",
            Started = DateTimeOffset.UnixEpoch,
            Group = "artist",
            Seed = 1,
            Settings = new Dictionary<string, string>(),
            DataSha256 = "",
        });
        Assert.StartsWith($"2-fold cross-validation ({labels}), 10 songs: accuracy 100.0 %, ", result.ToString());
        Assert.Equal($"measure, 1970-01-01, SongMood {EvaluationOrigin.Version}, seed 1", result.Origin.ToString());
        Assert.StartsWith("10 songs of the moods calm, sad, temperatures 0.05 to 0.", result.Calibration!.ToString());
        Assert.StartsWith($"0.000 (0 to 0) beside {result}", result.CompareWith(result).Comparison!.ToString());
    }

    private static void AssertPlainResultsRead(Predictions said)
    {
        Assert.Equal("2 songs of the moods calm, sad", said.ToString());
        Assert.Equal("part 1 of 5: 2 rows learnt, 1 held out",
            new HeldOutPart { Part = 0, PartCount = 5, Learnt = [1, 2], Held = [0] }.ToString());
        Assert.Equal("accuracy 0.5 to 0.5, balanced accuracy 0.5 to 0.5, macro F1 0.333 to 0.333",
            BootstrapIntervals.Compute(new Predictions(["calm", "sad"], [0, 1], [[0.9f, 0.1f], [0.8f, 0.2f]], ["a", "a"])).ToString());
        var bin = new ReliabilityBin { Lower = 0.4, Upper = 7.0 / 15, SongCount = 25, Confidence = 0.431, Accuracy = 0.44 };
        Assert.Equal("0.400 to 0.467: 25 songs, mean probability 0.431, share right 0.440", bin.ToString());
        Assert.Equal("0.400 to 0.467: 0 songs", (bin with { SongCount = 0, Confidence = null, Accuracy = null }).ToString());
        Assert.Equal("Group The Ones: 2 songs",
            new SplitLeak { Kind = SplitLeakKind.Group, Name = "The Ones", Songs = [0, 1] }.ToString());
        Assert.Equal("learning rate: 0.0001,0.001", SweepAxis.LearningRates(1e-4, 1e-3).ToString());
        Assert.Equal("0.001, 0.3: trial 3, 1 epoch: accuracy 71.3 %, macro F1 0.70, log loss 0.812",
            new SweepRow { Values = ["0.001", "0.3"], Options = new MoodLearningOptions(), Result = Trial }.ToString());
        var entry = new PlaylistEntry("a.mp3") { Title = "The Ones - One", Duration = new TimeSpan(0, 63, 20) };
        Assert.Equal("The Ones - One, 63:20 (a.mp3)", entry.ToString());
        Assert.Equal("a.mp3", new PlaylistEntry("a.mp3").ToString());
        Assert.Equal("3/16, by SLURM_ARRAY_TASK_ID",
            SchedulerShard.Find(16, name => name == "SLURM_ARRAY_TASK_ID" ? "2" : null)!.ToString());
        Assert.Equal("2 ready, 1 gone", new AudioFolderChange(["a", "b"], ["c"]).ToString());
        Assert.Equal("changed; it had mood calm, tempo 96, key Am",
            new SongTagChange(new SongTags { Mood = "calm", TempoBpm = 96, Key = "Am" }, IsNeeded: true).ToString());
        Assert.Equal("as it is; it had none of the tags", new SongTagChange(new SongTags(), IsNeeded: false).ToString());
        Assert.Equal("a.mp3: restored", new TagUndo("a.mp3", IsRestored: true, null).ToString());
        Assert.Equal("0 songs, 256 numbers each", new SongIndex("model", 256).ToString());
        AssertMoreThanResultsRead();
    }

    private static void AssertMoreThanResultsRead()
    {
        using (var predictor = MoodPredictor.LoadPretrained())
            Assert.Equal("tells apart calm, energetic, happy, sad", predictor.ToString());
        var lists = new MoodPlaylists(["calm", "sad"]);
        lists.Add(new PlaylistEntry("a.mp3"), new MoodPrediction("sad", new Dictionary<string, float> { ["sad"] = 1 }));
        Assert.Equal("1 song: calm 0, sad 1, unsure 0", lists.ToString());
        Assert.Equal("the network that fits", NetworkChoice.Default.ToString());
        Assert.Equal("Mlp, hidden 64x32, dropout 0.25",
            new NetworkChoice { Kind = NetworkKind.Mlp, Hidden = [64, 32], Dropout = 0.25 }.ToString());
        var workers = new SweepWorkers { Start = () => throw new NotSupportedException() };
        Assert.Equal("a process for each core, as far as memory goes", workers.ToString());
        Assert.Equal("2 processes", (workers with { Count = 2 }).ToString());
        Assert.Equal("a process that listens, started again where it has died",
            new CatalogueWorkers { Start = () => throw new NotSupportedException() }.ToString());
        Assert.Equal("no change", new AudioAlteration().ToString());
        Assert.Equal("pitch -1.50 semitones, tempo x 1.040, bass +3.0 dB, cut above 8000 Hz, without its first 12.5 %",
            new AudioAlteration { PitchSemitones = -1.5, TempoRatio = 1.04, BassDb = 3, CutoffHz = 8000, CutShare = 0.125 }.ToString());
        Assert.Equal("96 bands at 16000 Hz, hop 256, log10(1 + 10000 x)", MelFrontEnd.Musicnn.ToString());
        Assert.Equal("64 bands at 16000 Hz, hop 160, ln(0.001 + 1 x)", MelFrontEnd.Yamnet.ToString());
        Assert.Equal("96 bands at 12000 Hz, hop 256, 29 s, decibels", MelFrontEnd.CompactCnn.ToString());
        Assert.Equal("to train", EnsembleMember.ToTrain(new MLContext().MulticlassClassification.Trainers.Mlp()).ToString());
    }

    /// <summary>
    /// What an app gets from a call, or makes for one, says what it is: neither its type's name nor a record's fields as the compiler
    /// writes them. Options are their fields; components of pipelines are ML.NET's, which print their types; what only computes has no
    /// state to tell.
    /// </summary>
    [Fact]
    public void Every_public_type_says_what_it_is()
    {
        string[] computers =
        [
            "FrameDescriptors", "LoudnessMeter", "MusicDescriptorExtractor", "MelSpectrogram", "RateConverter", "Spectrogram",
            "FeatureExtraction", "MoodLearning", "MoodSweep", "PredictionWriter", "OnnxGraphBuilder", "NetworkModelParameters",
            "TagJournal", "CatalogueMerge", "CatalogueRun",
        ];
        string[] components = ["Estimator", "Estimator`1", "Transformer", "Trainer", "Options"];
        var assemblies = new[] { typeof(Waveform), typeof(MoodPredictor), typeof(SongTags), typeof(CatalogueReport) };
        Type[] types = [.. assemblies.SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type is { IsInterface: false, IsEnum: false } && !(type.IsAbstract && type.IsSealed)
                && !type.IsAssignableTo(typeof(Delegate)) && !type.IsAssignableTo(typeof(Exception)))];
        Assert.True(types.Length > 150);
        Assert.All(computers, name => Assert.Contains(types, type => type.Name == name));
        var silent = types.Where(type => !components.Any(end => type.Name.EndsWith(end, StringComparison.Ordinal))
            && !computers.Contains(type.Name) && !SaysWhatItIs(type));
        Assert.Empty(silent.Select(type => type.FullName));

        static bool SaysWhatItIs(Type type) => type.GetMethod(nameof(ToString), [])! is var text
            && text.DeclaringType != typeof(object) && text.DeclaringType != typeof(ValueType)
            && !text.IsDefined(typeof(CompilerGeneratedAttribute), false);
    }
}
