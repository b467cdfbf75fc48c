using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Trainers;

/// <summary>What cannot be learned from is refused by an error that names it.</summary>
[Collection(nameof(Torch))]
public class BadDataTests
{
    private readonly MLContext _ml = new(1);

    private sealed class Odd
    {
        [KeyType(4)]
        public uint Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [0, 0];

        public float Scalar { get; set; }

        public float Weight { get; set; } = 1;

        public float[] Ragged { get; set; } = [0, 0];
    }

    /// <summary>Rows with these keys, 0 for a missing one. In a class keys count from 0, and what is out of range is missing.</summary>
    private static Odd[] Rows(params uint[] keys) => [.. keys.Select((key, i) => new Odd { Label = key - 1, Features = [i, key] })];

    private NetworkPredictionTransformer Fit(IEnumerable<Odd> rows, Func<MlpOptions, MlpOptions>? change = null)
    {
        var options = new MlpOptions { HiddenSizes = [4], Epochs = 2 };
        options = change?.Invoke(options) ?? options;
        return _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows));
    }

    private string Refused(IEnumerable<Odd> rows, Func<MlpOptions, MlpOptions>? change = null) =>
        Assert.Throws<ArgumentException>(() => Fit(rows, change)).Message;

    [Fact]
    public void One_class() => Assert.Contains("The training data (3 rows) has one class in 'Label'", Refused(Rows(2, 2, 2)));

    [Fact]
    public void No_rows() => Assert.Contains("training data has no row", Refused([]));

    [Fact]
    public void No_labels() => Assert.Contains("no row with a label", Refused(Rows(0, 0)));

    [Fact]
    public void A_label_that_is_no_key() =>
        Assert.Contains("'Weight' is Single, but a key is needed", Refused(Rows(1, 2), o => o with { LabelColumnName = "Weight" }));

    [Fact]
    public void A_missing_column() =>
        Assert.Contains("no feature column 'Mel'. It has: Label, Features", Refused(Rows(1, 2), o => o with { FeatureColumnName = "Mel" }));

    [Theory]
    [InlineData("Doubles")]
    [InlineData("Scalar")]
    [InlineData("Ragged")]
    public void Features_of_the_wrong_type(string column) =>
        Assert.Contains($"'{column}' is {_ml.Data.LoadFromEnumerable(Rows(1)).Schema[column].Type}",
            Refused(Rows(1, 2), o => o with { FeatureColumnName = column }));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_feature_that_is_no_number(float value)
    {
        var rows = Rows(1, 2, 3, 4);
        rows[2].Features[1] = value;
        Assert.Contains("Row 2 of the training data: value 1 of the feature column 'Features' is", Refused(rows));
    }

    [Fact]
    public void A_negative_weight()
    {
        var rows = Rows(1, 2);
        rows[1].Weight = -1;
        Assert.Contains("Row 1 of the training data: the weight in 'Weight' is -1",
            Refused(rows, o => o with { ExampleWeightColumnName = "Weight" }));
    }

    [Fact]
    public void A_sequence_trainer_on_plain_features() => Assert.Contains("dimensions (bands, frames)", Assert.Throws<ArgumentException>(
        () => _ml.MulticlassClassification.Trainers.Crnn().Fit(_ml.Data.LoadFromEnumerable(Rows(1, 2)))).Message);

    [Fact]
    public void Clips_of_different_lengths_without_crops() => Assert.Contains("from 9 to 24 frames", Assert.Throws<ArgumentException>(() =>
    {
        var options = CrnnTrainerTests.Quick() with { CropFrames = null };
        Toy.Pipeline(_ml, _ml.MulticlassClassification.Trainers.Crnn(options)).Fit(Toy.View(_ml, Toy.Clips(frames: [9, 24])));
    }).Message);

    [Fact]
    public void Rows_without_a_label_are_left_out_with_a_warning()
    {
        var messages = new List<string>();
        _ml.Log += (_, e) => messages.Add(e.Message);
        Fit(Rows(1, 0, 2, 0));
        Assert.Contains(messages, message => message.Contains("2 rows of the training data have no label in 'Label'"));
    }

    [Fact]
    public void A_class_that_is_missing_from_the_training_part_gets_little_probability()
    {
        var scored = Fit(Rows(1, 2, 4, 1, 2, 4), o => o with { Epochs = 60, LearningRate = 0.05 })
            .Transform(_ml.Data.LoadFromEnumerable(Rows(1, 2, 4)));
        Assert.All(scored.GetColumn<float[]>("Score"), score => Assert.InRange(score[2], 0, 0.2f));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_the_data() => Assert.Equal(TrainedIn(Rows(1, 2, 3), 3), TrainedIn(Rows(1, 2, 3), 1000));

    [Fact]
    public void A_last_batch_of_one_row_joins_the_one_before()
    {
        Assert.Equal(TrainedIn(Rows(1, 2, 3, 4, 1), 5), TrainedIn(Rows(1, 2, 3, 4, 1), 4));
        Assert.NotEqual(TrainedIn(Rows(1, 2, 3, 4, 1), 5), TrainedIn(Rows(1, 2, 3, 4, 1), 3)); // three rows and two
    }

    private byte[] TrainedIn(Odd[] rows, int batchSize) =>
        Fit(rows, o => o with { BatchSize = batchSize, Seed = 1 }).Model.OnnxGraph.ToArray();

    [Fact]
    public void A_row_to_score_that_is_no_number_gets_the_missing_label()
    {
        var rows = Rows(1, 2, 3, 4);
        var model = Fit(rows);
        rows[2].Features[0] = float.NaN;
        var scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(0u, scored.GetColumn<uint>("PredictedLabel").ElementAt(2));
        Assert.All(scored.GetColumn<float[]>("Score").ElementAt(2), score => Assert.True(float.IsNaN(score)));
        Assert.All(scored.GetColumn<uint>("PredictedLabel").Where((_, i) => i != 2), key => Assert.InRange(key, 1u, 4u));
        _ml.MulticlassClassification.Evaluate(scored);
    }

    [Fact]
    public void A_row_to_score_of_another_size() => Assert.Contains("trained on 2 features", Assert.Throws<ArgumentException>(
        () => Fit(Rows(1, 2)).Transform(Toy.View(_ml, Toy.Songs(4)))).Message);

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var message = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions
        {
            Epochs = 0,
            BatchSize = 1,
            LearningRate = -1,
            Dropout = 1,
            HiddenSizes = [],
            Device = "gpu",
            LabelColumnName = "",
        })).Message;
        foreach (var option in new[] { "Epochs is 0", "BatchSize is 1", "LearningRate is -1", "Dropout is 1", "HiddenSizes is []",
            "Device is gpu", "LabelColumnName is" })
            Assert.Contains(option, message);
    }

    private static readonly Dictionary<string, Func<AttentionOptions, AttentionOptions>[]> WrongOptions = new()
    {
        ["LabelColumnName"] = [o => o with { LabelColumnName = "" }, o => o with { LabelColumnName = null! }],
        ["FeatureColumnName"] = [o => o with { FeatureColumnName = "" }],
        ["ExampleWeightColumnName"] = [o => o with { ExampleWeightColumnName = "" }],
        ["ValidationGroupColumnName"] = [o => o with { ValidationGroupColumnName = "" }],
        ["Epochs"] = [o => o with { Epochs = 0 }],
        ["BatchSize"] = [o => o with { BatchSize = 1 }],
        ["LearningRate"] = [o => o with { LearningRate = 0 }, o => o with { LearningRate = double.NaN },
            o => o with { LearningRate = 1e60 }, o => o with { LearningRate = 1e-60 }],
        ["Optimizer"] = [o => o with { Optimizer = (OptimizerKind)9 }],
        ["WeightDecay"] = [o => o with { WeightDecay = -1 }, o => o with { WeightDecay = double.NaN }],
        ["Momentum"] = [o => o with { Momentum = 1 }, o => o with { Momentum = -0.1 }],
        ["Schedule"] = [o => o with { Schedule = null! }],
        ["GradientClipNorm"] = [o => o with { GradientClipNorm = 0 }, o => o with { GradientClipNorm = double.NaN }],
        ["ClassWeights"] = [o => o with { ClassWeights = (ClassWeighting)9 }],
        ["Sampling"] = [o => o with { Sampling = (RowSampling)9 }],
        ["LabelSmoothing"] = [o => o with { LabelSmoothing = 1 }, o => o with { LabelSmoothing = -0.1 }],
        ["MixupAlpha"] = [o => o with { MixupAlpha = -1 }, o => o with { MixupAlpha = double.NaN }],
        ["ValidationFraction"] = [o => o with { ValidationFraction = 1 }, o => o with { ValidationFraction = double.NaN }],
        ["EarlyStoppingPatience"] = [o => o with { EarlyStoppingPatience = 0 }],
        ["Device"] = [o => o with { Device = "gpu" }, o => o with { Device = "cuda:-1" }, o => o with { Device = "cuda:" },
            o => o with { Device = null! }],
        ["Threads"] = [o => o with { Threads = 0 }],
        ["CheckpointFolder"] = [o => o with { CheckpointFolder = "" }],
        ["CurvesPath"] = [o => o with { CurvesPath = "" }],
        ["TensorBoardFolder"] = [o => o with { TensorBoardFolder = "" }],
        ["CropFrames"] = [o => o with { CropFrames = 0 }],
        ["TimeMaskCount"] = [o => o with { TimeMaskCount = -1 }],
        ["TimeMaskFrames"] = [o => o with { TimeMaskFrames = 0 }],
        ["FrequencyMaskCount"] = [o => o with { FrequencyMaskCount = -1 }],
        ["FrequencyMaskBands"] = [o => o with { FrequencyMaskBands = 0 }],
        ["Channels"] = [o => o with { Channels = [] }, o => o with { Channels = [0] }, o => o with { Channels = null! },
            o => o with { Channels = [8, 6] }],
        ["Blocks"] = [o => o with { Blocks = 0 }],
        ["Heads"] = [o => o with { Heads = 0 }],
        ["EmbeddingSize"] = [o => o with { EmbeddingSize = 0 }],
        ["Dropout"] = [o => o with { Dropout = 1 }, o => o with { Dropout = double.NaN }],
    };

    public static TheoryData<string> NamesOfOptions => [.. WrongOptions.Keys];

    [Theory]
    [MemberData(nameof(NamesOfOptions))]
    public void An_option_out_of_range_is_named(string option)
    {
        foreach (var change in WrongOptions[option])
        {
            var options = change(new AttentionOptions());
            var message = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Attention(options)).Message;
            Assert.StartsWith($"AttentionOptions: {option} is ", message);
            Assert.Contains(", expected ", message);
        }
    }

    [Fact]
    public void Every_option_that_can_be_wrong_is_tried() => Assert.Equal(
        typeof(AttentionOptions).GetProperties().Select(property => property.Name)
            .Except(["StandardizeInputs", "CalibrateTemperature", "Seed", "StartFrom", "Progress", "CancellationToken"]).Order(),
        WrongOptions.Keys.Order());

    [Fact]
    public void Recurrent_options_out_of_range_are_all_named()
    {
        var message = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.Lstm(
            new LstmOptions { HiddenSize = 0, Layers = 0, LinearSizes = [4, 0], Dropout = 1 })).Message;
        Assert.Equal("LstmOptions: HiddenSize is 0, expected at least 1; Layers is 0, expected at least 1; LinearSizes is [4, 0], "
            + "expected at least one size, each at least 1; Dropout is 1, expected from 0 to below 1.", message);
    }

    [Fact]
    public void Weights_that_are_all_zero()
    {
        var rows = Rows(1, 2);
        foreach (var row in rows)
            row.Weight = 0;
        Assert.Contains("(2 rows) has no weight above 0 in 'Weight'", Refused(rows, o => o with { ExampleWeightColumnName = "Weight" }));
    }

    [Fact]
    public void Validation_data_with_other_classes()
    {
        // The same four moods, met in another order, are other keys.
        var songs = Toy.Songs();
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood");
        IDataView Keyed(IEnumerable<Toy.Song> rows) => keys.Fit(Toy.View(_ml, rows)).Transform(Toy.View(_ml, rows));
        var trainer = _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [4], Epochs = 1 });
        Assert.Contains("The validation data's classes are calm, energetic, sad, happy, the training data's happy, sad, energetic, calm",
            Assert.Throws<ArgumentException>(() => trainer.Fit(Keyed(songs), Keyed(songs.Reverse()))).Message);
        trainer.Fit(Keyed(songs), Keyed(songs));
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    [InlineData("cuda:3")]
    public void A_device_that_is_not_there(string device)
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has the device");
        var message = Assert.Throws<InvalidOperationException>(() => Fit(Rows(1, 2), o => o with { Device = device })).Message;
        Assert.Contains($"'{device}' was asked for", message);
        Assert.Contains(TorchPackages.HowToAdd(TorchPackages.Cuda), message);
    }

    [Fact]
    public void Auto_and_cpu_train_anywhere()
    {
        Fit(Rows(1, 2), o => o with { Device = "auto" });
        Fit(Rows(1, 2), o => o with { Device = "cpu" });
    }

    [Fact]
    public void Early_stopping_without_validation() =>
        Assert.Contains("needs a validation part", Refused(Rows(1, 2), o => o with { EarlyStoppingPatience = 3 }));
}
