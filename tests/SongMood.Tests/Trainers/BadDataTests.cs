using Microsoft.ML;
using Microsoft.ML.Data;
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

    private NetworkPredictionTransformer Fit(IEnumerable<Odd> rows, Action<MlpOptions>? change = null)
    {
        var options = new MlpOptions { HiddenSizes = [4], Epochs = 2 };
        change?.Invoke(options);
        return _ml.MulticlassClassification.Trainers.Mlp(options).Fit(_ml.Data.LoadFromEnumerable(rows));
    }

    private string Refused(IEnumerable<Odd> rows, Action<MlpOptions>? change = null) => Assert.Throws<ArgumentException>(() => Fit(rows, change)).Message;

    [Fact]
    public void One_class() => Assert.Contains("All 3 training rows have one class in 'Label'", Refused(Rows(2, 2, 2)));

    [Fact]
    public void No_rows() => Assert.Contains("training data has no row", Refused([]));

    [Fact]
    public void No_labels() => Assert.Contains("no row with a label", Refused(Rows(0, 0)));

    [Fact]
    public void A_label_that_is_no_key() => Assert.Contains("'Weight' is Single, but a key is needed", Refused(Rows(1, 2), o => o.LabelColumnName = "Weight"));

    [Fact]
    public void A_missing_column() => Assert.Contains("no feature column 'Mel'. It has: Label, Features", Refused(Rows(1, 2), o => o.FeatureColumnName = "Mel"));

    [Theory]
    [InlineData("Doubles")]
    [InlineData("Scalar")]
    [InlineData("Ragged")]
    public void Features_of_the_wrong_type(string column) =>
        Assert.Contains($"'{column}' is {_ml.Data.LoadFromEnumerable(Rows(1)).Schema[column].Type}", Refused(Rows(1, 2), o => o.FeatureColumnName = column));

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
        Assert.Contains("Row 1 of the training data: the weight in 'Weight' is -1", Refused(rows, o => o.ExampleWeightColumnName = "Weight"));
    }

    [Fact]
    public void A_sequence_trainer_on_plain_features() => Assert.Contains("dimensions (bands, frames)", Assert.Throws<ArgumentException>(
        () => _ml.MulticlassClassification.Trainers.Crnn().Fit(_ml.Data.LoadFromEnumerable(Rows(1, 2)))).Message);

    [Fact]
    public void Clips_of_different_lengths_without_crops() => Assert.Contains("from 9 to 24 frames", Assert.Throws<ArgumentException>(() =>
    {
        var options = CrnnTrainerTests.Quick();
        options.CropFrames = null;
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
        var scored = Fit(Rows(1, 2, 4, 1, 2, 4), o => (o.Epochs, o.LearningRate) = (60, 0.05)).Transform(_ml.Data.LoadFromEnumerable(Rows(1, 2, 4)));
        Assert.All(scored.GetColumn<float[]>("Score"), score => Assert.InRange(score[2], 0, 0.2f));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_the_data() => Fit(Rows(1, 2, 3), o => o.BatchSize = 1000);

    [Fact]
    public void A_last_batch_of_one_row_joins_the_one_before() => Fit(Rows(1, 2, 3, 4, 1), o => o.BatchSize = 2);

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
            Epochs = 0, BatchSize = 1, LearningRate = -1, Dropout = 1, HiddenSizes = [], Device = "gpu", LabelColumnName = "",
        })).Message;
        foreach (var option in new[] { "Epochs is 0", "BatchSize is 1", "LearningRate is -1", "Dropout is 1", "HiddenSizes is []", "Device is gpu", "LabelColumnName is" })
            Assert.Contains(option, message);
    }

    [Fact]
    public void A_device_that_is_not_there()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "this machine has the device");
        Assert.Contains("'cuda:0' was asked for", Assert.Throws<InvalidOperationException>(() => Fit(Rows(1, 2), o => o.Device = "cuda:0")).Message);
    }

    [Fact]
    public void Early_stopping_without_validation() =>
        Assert.Contains("needs a validation part", Refused(Rows(1, 2), o => o.EarlyStoppingPatience = 3));
}
