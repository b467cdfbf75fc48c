using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Training;

/// <summary>The loop as its users see it.</summary>
[Collection(nameof(Torch))]
public class LoopTests
{
    private readonly MLContext _ml = new(1);

    private NetworkPredictionTransformer Fit(MlpOptions options, Toy.Song[]? songs = null, Toy.Song[]? validation = null)
    {
        return _ml.MulticlassClassification.Trainers.Mlp(options).Fit(
            Keyed(songs ?? Toy.Songs()), validation is null ? null : Keyed(validation));
    }

    private IDataView Keyed(IEnumerable<Toy.Song> songs) => Toy.Keyed(_ml, songs);

    private MulticlassClassificationMetrics Measured(ITransformer model, IEnumerable<Toy.Song> songs) =>
        _ml.MulticlassClassification.Evaluate(model.Transform(Keyed(songs)));

    [Theory]
    [InlineData(OptimizerKind.Adam, ClassWeighting.None, RowSampling.WeightedRandom)]
    [InlineData(OptimizerKind.AdamW, ClassWeighting.Balanced, RowSampling.Shuffled)]
    [InlineData(OptimizerKind.Sgd, ClassWeighting.Balanced, RowSampling.WeightedRandom)]
    public void Every_optimiser_learns(OptimizerKind optimizer, ClassWeighting weighting, RowSampling sampling)
    {
        var (options, reports) = Recorded();
        options = options with { Optimizer = optimizer, ClassWeights = weighting, Sampling = sampling };
        options = options with { WeightDecay = 1e-3, GradientClipNorm = 1, LabelSmoothing = 0.05, MixupAlpha = 0.2 };
        options = options with { ExampleWeightColumnName = "Weight", Schedule = LearningRateSchedule.OneCycle() };
        Fit(options);
        Assert.InRange(reports[^1].TrainingAccuracy, 0.65, 1); // mixed rows among them; chance is 0.25
    }

    [Fact]
    public void The_schedule_sets_the_rate()
    {
        var (options, reports) = Recorded();
        options = options with { Epochs = 4, LearningRate = 0.01, Schedule = LearningRateSchedule.Step(2, 0.5) };
        Fit(options);
        Assert.Equal([0.01, 0.01, 0.005, 0.005], reports.Select(report => report.LearningRate));
    }

    [Fact]
    public void Metrics_are_of_the_whole_set()
    {
        // A rate so small that nothing moves, no dropout, no batch statistics: the loss of an epoch is the model's over all rows,
        // whatever the batches; with class weights off it is what ML.NET computes.
        var (options, reports) = Recorded();
        options = options with { Form = MlpForm.Hardtanh, Epochs = 1, LearningRate = 1e-9, Dropout = 0 };
        options = options with { BatchSize = 7, ClassWeights = ClassWeighting.None };
        var songs = Toy.Songs(50);
        var model = Fit(options, songs);
        var metrics = Measured(model, songs);
        Assert.Equal(metrics.LogLoss, reports[0].TrainingLoss, 1e-4);
        Assert.Equal(metrics.MicroAccuracy, reports[0].TrainingAccuracy, 1e-9);
    }

    [Fact]
    public void Stops_early_and_restores_the_best_weights()
    {
        // Labels that say nothing: the validation loss can only rise in the end.
        var songs = SongsOfAnyMood();
        var (options, reports) = Recorded();
        options = options with { Epochs = 500, EarlyStoppingPatience = 5, CalibrateTemperature = false };
        var validation = Toy.Songs(64, seed: 9);
        var model = Fit(options, songs, validation);
        Assert.InRange(reports.Count, 6, 499);
        var best = reports.MinBy(report => report.ValidationLoss)!;
        Assert.Equal(5, reports[^1].Epoch - best.Epoch);
        Assert.True(best.IsBest);
        var metrics = Measured(model, validation);
        Assert.Equal(best.ValidationLoss!.Value, metrics.LogLoss, 1e-4);
        Assert.Equal(best.ValidationAccuracy!.Value, metrics.MicroAccuracy, 1e-9);
    }

    [Fact]
    public void Calibration_lowers_the_validation_loss_and_moves_no_prediction()
    {
        (NetworkPredictionTransformer Model, double Loss, uint[] Keys) Of(bool calibrate)
        {
            var options = MlpTrainerTests.Quick() with { CalibrateTemperature = calibrate, Epochs = 3, LearningRate = 3e-3 };
            var validation = Toy.Songs(80, seed: 5, noise: 0.8);
            var model = Fit(options, Toy.Songs(noise: 0.8), validation);
            var scored = model.Transform(Keyed(validation));
            return (model, _ml.MulticlassClassification.Evaluate(scored).LogLoss,
                [.. scored.GetColumn<uint>("PredictedLabel")]);
        }
        var (plain, calibrated) = (Of(false), Of(true));
        Assert.True(calibrated.Loss < plain.Loss - 1e-3, $"{calibrated.Loss} after, {plain.Loss} before");
        Assert.Equal(plain.Keys, calibrated.Keys);
    }

    [Fact]
    public void The_temperature_in_the_model_is_the_one_that_evaluation_finds()
    {
        var validation = Toy.Songs(80, seed: 5, noise: 0.8);
        Predictions Said(bool calibrate)
        {
            var model = Fit(new MlpOptions { HiddenSizes = [16, 8], Epochs = 3, LearningRate = 3e-3, CalibrateTemperature = calibrate },
                Toy.Songs(noise: 0.8), validation);
            return new Predictions(Toy.Moods, [.. validation.Select(song => Array.IndexOf(Toy.Moods, song.Mood))],
                Toy.Scores(model.Transform(Toy.View(_ml, validation))));
        }
        var (plain, calibrated) = (Said(false), Said(true));
        var temperature = TemperatureScaling.Fit(plain);
        Assert.True(Math.Abs(temperature - 1) > 0.1, $"{temperature} would not be seen.");
        Assert.Equal(plain.SongCount, calibrated.SongCount);
        foreach (var (before, after) in plain.Probabilities.Zip(calibrated.Probabilities))
            Close.Equal(TemperatureScaling.Apply(before, temperature), after, 1e-5f);
        Assert.Equal(1, TemperatureScaling.Fit(calibrated), 1e-4);
    }

    [Fact]
    public void A_fraction_with_groups_is_kept_for_validation()
    {
        var (options, reports) = Recorded();
        options = options with { ValidationFraction = 0.25, ValidationGroupColumnName = "Artist", Epochs = 2 };
        Fit(options);
        Assert.All(reports, report => Assert.NotNull(report.ValidationAccuracy));
    }

    [Fact]
    public void Cancelled_it_returns_the_best_model_so_far()
    {
        using var source = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        var options = MlpTrainerTests.Quick() with { CancellationToken = source.Token };
        options = options with
        {
            Progress = new MlpTrainerTests.Recorder(reports, report =>
        {
            if (report.Epoch == 3)
                source.Cancel();
        })
        };
        Assert.Equal(4, Fit(options).Model.ClassNames.Count);
        Assert.Equal(3, reports.Count);
    }

    [Fact]
    public void Cancelled_with_validation_it_returns_the_best_epochs_weights()
    {
        using var source = new CancellationTokenSource();
        var (options, reports) = Recorded();
        var recorder = options.Progress!;
        options = options with { CancellationToken = source.Token, CalibrateTemperature = false, Epochs = 500, LearningRate = 0.05 };
        // Labels that say nothing: after some epochs the validation loss has risen.
        var songs = SongsOfAnyMood();
        options = options with
        {
            Progress = new MlpTrainerTests.Recorder(reports, report =>
        {
            if (!report.IsBest && report.ValidationLoss > 1.2 * reports.Min(earlier => earlier.ValidationLoss))
                source.Cancel();
        })
        };
        var validation = Toy.Songs(64, seed: 9);
        var model = Fit(options, songs, validation);
        Assert.InRange(reports.Count, 2, 499);
        var metrics = Measured(model, validation);
        Assert.Equal(reports.Min(report => report.ValidationLoss)!.Value, metrics.LogLoss, 1e-4);
    }

    [Fact]
    public void Rows_of_weight_zero_teach_nothing()
    {
        // Every song once with its mood, and once, without weight, with another.
        var songs = Toy.Songs();
        var wrong = Toy.Songs();
        for (var i = 0; i < wrong.Length; i++)
            (wrong[i].Mood, wrong[i].Weight) = (Toy.Moods[(i + 1) % 4], 0);
        var options = MlpTrainerTests.Quick() with { ExampleWeightColumnName = "Weight" };
        var model = Fit(options, [.. songs, .. wrong]);
        Assert.InRange(
            Measured(model, Toy.Songs(seed: 2)).MicroAccuracy,
            0.85, 1);
    }

    [Fact]
    public void The_data_is_read_once()
    {
        var readings = 0;
        IEnumerable<Toy.Song> Songs()
        {
            readings++;
            foreach (var song in Toy.Songs())
                yield return song;
        }
        var options = MlpTrainerTests.Quick() with { Epochs = 5, ValidationFraction = 0.25 };
        _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Keyed(Songs()));
        Assert.Equal(1, readings);
    }

    [Fact]
    public void Reading_the_data_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        IEnumerable<Toy.Song> Songs()
        {
            foreach (var song in Toy.Songs(5000))
            {
                if (++read == 10)
                    source.Cancel();
                yield return song;
            }
        }
        var options = MlpTrainerTests.Quick() with { CancellationToken = source.Token };
        Assert.Throws<OperationCanceledException>(() => _ml.MulticlassClassification.Trainers.Mlp(options)
            .Fit(Keyed(Songs())));
        Assert.InRange(read, 10, 4999); // ML.NET reads some rows ahead
    }

    [Fact]
    public void Validation_data_needs_no_group_column()
    {
        var options = MlpTrainerTests.Quick() with { Epochs = 1, ValidationGroupColumnName = "Artist" };
        var validation = _ml.Transforms.DropColumns("Artist").Fit(Keyed(Toy.Songs()))
            .Transform(Keyed(Toy.Songs()));
        _ml.MulticlassClassification.Trainers.Mlp(options).Fit(Keyed(Toy.Songs()), validation);
    }

    [Fact]
    public void Cancelled_before_there_is_a_model_it_says_so()
    {
        var options = MlpTrainerTests.Quick() with { CancellationToken = new CancellationToken(true) };
        Assert.Throws<OperationCanceledException>(() => Fit(options));
    }

    [Fact]
    public void A_loss_that_is_no_number_is_an_error()
    {
        var options = MlpTrainerTests.Quick() with { LearningRate = 1e30, Optimizer = OptimizerKind.Sgd };
        Assert.Contains("Training diverged", Assert.Throws<InvalidOperationException>(() => Fit(options)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_last_step_that_ruins_the_weights_is_an_error_too(bool validate)
    {
        // One step: its loss is that of the new network, a number.
        var options = MlpTrainerTests.Quick() with
        {
            LearningRate = 1e30,
            WeightDecay = 1e30,
            Optimizer = OptimizerKind.Sgd,
            Epochs = 1,
            BatchSize = 1000,
        };
        var songs = Toy.Songs();
        Assert.Contains("Training diverged",
            Assert.Throws<InvalidOperationException>(() => Fit(options, songs, validate ? songs : null)).Message);
    }

    [Fact]
    public void Curves_are_written_as_csv_and_for_TensorBoard()
    {
        using var folder = new TemporaryFolder();
        var options = MlpTrainerTests.Quick() with { Epochs = 3, ValidationFraction = 0.25 };
        options = options with { CurvesPath = folder.File("out/curves.csv"), TensorBoardFolder = folder.File("board") };
        Fit(options);
        var lines = File.ReadAllLines(options.CurvesPath);
        Assert.Equal("epoch,training_loss,training_accuracy,validation_loss,validation_accuracy,learning_rate,is_best,seconds", lines[0]);
        Assert.Equal(["1", "2", "3"], lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(lines.Skip(1).SelectMany(line => line.Split(',')),
            cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture));
        var events = Assert.Single(Directory.GetFiles(options.TensorBoardFolder, "events.out.tfevents*"));
        Assert.Contains("loss/validation", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(events)));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void A_killed_run_goes_on_to_the_result_of_an_unbroken_one(OptimizerKind optimizer)
    {
        using var folder = new TemporaryFolder();
        var unbroken = Fit(Options()).Model.OnnxGraph.ToArray();

        var killed = Options() with
        {
            CheckpointFolder = folder.Path,
            CurvesPath = folder.File("curves.csv"),
            Progress = new MlpTrainerTests.Recorder([], report =>
            {
                if (report.Epoch == 4)
                    throw new IOException("killed");
            }),
        };
        Assert.Throws<IOException>(() => Fit(killed));

        var reports = new List<EpochReport>();
        var resumed = killed with { Progress = new MlpTrainerTests.Recorder(reports) };
        Assert.Equal(unbroken, Fit(resumed).Model.OnnxGraph.ToArray());
        Assert.Equal([5, 6, 7, 8], reports.Select(report => report.Epoch));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
        // The curves are whole, but for the epoch in whose report the run was killed.
        Assert.Equal(["epoch", "1", "2", "3", "5", "6", "7", "8"],
            File.ReadLines(resumed.CurvesPath!).Select(line => line.Split(',')[0]).Where(cell => cell != "4"));

        MlpOptions Options() => new()
        {
            HiddenSizes = [16, 8],
            Epochs = 8,
            LearningRate = 1e-2,
            BatchSize = 32,
            Optimizer = optimizer,
            MixupAlpha = 0.2,
            ValidationFraction = 0.25,
            Schedule = LearningRateSchedule.Cosine(),
            WeightDecay = 1e-3,
        };
    }

    [Fact]
    public void A_run_over_clips_that_was_cancelled_goes_on_to_the_result_of_an_unbroken_one()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var data = Toy.View(_ml, Toy.Clips(16, frames: [24, 12, 40]));
        byte[] Fit(Func<CrnnOptions, CrnnOptions> change)
        {
            var options = CrnnTrainerTests.Quick() with { Epochs = 6, ValidationFraction = 0.25, Sampling = RowSampling.WeightedRandom };
            options = change(options);
            var model = (TransformerChain<ITransformer>)Toy.Pipeline(_ml,
                _ml.MulticlassClassification.Trainers.Crnn(options)).Fit(data);
            return ((NetworkPredictionTransformer)model.LastTransformer).Model.OnnxGraph.ToArray();
        }
        var unbroken = Fit(options => options);
        Fit(options => options with
        {
            CheckpointFolder = folder.Path,
            CancellationToken = source.Token,
            Progress = new MlpTrainerTests.Recorder([], report =>
            {
                if (report.Epoch == 3)
                    source.Cancel();
            }),
        });
        Assert.Equal(unbroken, Fit(options => options with { CheckpointFolder = folder.Path }));
        Assert.Equal(unbroken, Fit(options => options with { CheckpointFolder = folder.Path })); // and once it is done, to the same again
    }

    [Theory]
    [InlineData("feature")]
    [InlineData("label")]
    [InlineData("weight")]
    [InlineData("fewer rows")]
    public void A_checkpoint_of_other_data_is_refused(string changed)
    {
        using var folder = new TemporaryFolder();
        var options = MlpTrainerTests.Quick() with { Epochs = 2, CheckpointFolder = folder.Path, ExampleWeightColumnName = "Weight" };
        Fit(options);
        var songs = Toy.Songs();
        switch (changed)
        {
            case "feature": songs[50].Features[5] += 1e-3f; break;
            case "label": songs[50].Mood = songs[51].Mood; break;
            case "weight": songs[50].Weight = 2; break;
            default: songs = songs[..^4]; break;
        }
        Assert.Contains("is of another training", Assert.Throws<InvalidOperationException>(() => Fit(options, songs)).Message);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = MlpTrainerTests.Quick() with { Epochs = 2, CheckpointFolder = folder.Path };
        Fit(options);
        options = options with { LearningRate = 2 * options.LearningRate };
        Assert.Contains("is of another training", Assert.Throws<InvalidOperationException>(() => Fit(options)).Message);
        folder.Write("checkpoint.bin", "something else");
        Assert.Contains("is no checkpoint", Assert.Throws<InvalidDataException>(() => Fit(options)).Message);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        using var folder = new TemporaryFolder();
        var options = MlpTrainerTests.Quick() with { Epochs = 2, CheckpointFolder = folder.Path };
        Fit(options);
        var bytes = File.ReadAllBytes(folder.File("checkpoint.bin"));
        folder.Write("checkpoint.bin", bytes[..(bytes.Length / 2)]);
        Assert.Contains("ends too early", Assert.Throws<InvalidDataException>(() => Fit(options)).Message);
    }

    [Fact]
    public void Training_goes_on_from_a_saved_model()
    {
        using var folder = new TemporaryFolder();
        var (options, reports) = Recorded();
        var first = Fit(options);
        _ml.Model.Save(first, null, folder.File("model.zip"));
        var loaded = (NetworkPredictionTransformer)_ml.Model.Load(folder.File("model.zip"), out _);
        options = options with { StartFrom = loaded.Model, LearningRate = 1e-9, Epochs = 1 };
        var second = Fit(options);
        // at no rate to speak of, the first epoch's loss is where the first training ended, not where a new one would start
        Assert.True(reports[^1].TrainingLoss < 0.5 * reports[0].TrainingLoss);
        var songs = Toy.View(_ml, Toy.Songs());
        Close.Equal(Toy.Scores(first.Transform(songs)).Select(score => score[0]),
            Toy.Scores(second.Transform(songs)).Select(score => score[0]), 0.15f);
        options = options with { HiddenSizes = [17, 8] };
        Assert.Contains("is no Mlp of this form", Assert.Throws<ArgumentException>(() => Fit(options)).Message);
    }

    [Fact]
    public void Same_seed_same_zip()
    {
        using var folder = new TemporaryFolder();
        var data = Toy.View(_ml, Toy.Songs());
        string[] Save(string name)
        {
            var ml = new MLContext(5);
            ml.Model.Save(Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick())).Fit(data), data.Schema,
                folder.File(name));
            using var zip = System.IO.Compression.ZipFile.OpenRead(folder.File(name));
            return [.. zip.Entries.Select(entry =>
            {
                using var content = entry.Open();
                return $"{entry.FullName} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content))}";
            })];
        }
        var first = Save("a.zip");
        Assert.Contains(first, entry => entry.Contains("network.onnx"));
        Assert.Equal(first, Save("b.zip"));
    }

    /// <summary>Songs whose moods say nothing of their features.</summary>
    private static Toy.Song[] SongsOfAnyMood()
    {
        var random = new Random(3);
        var songs = Toy.Songs(64);
        foreach (var song in songs)
            song.Mood = Toy.Moods[random.Next(4)];
        return songs;
    }

    private static (MlpOptions Options, List<EpochReport> Reports) Recorded()
    {
        var reports = new List<EpochReport>();
        var options = MlpTrainerTests.Quick() with { Progress = new MlpTrainerTests.Recorder(reports) };
        return (options, reports);
    }
}
