using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;
using SongMood.Transforms;

namespace SongMood.Tests.Trainers;

/// <summary>A network on a column that it cannot take says what can, and what makes the column fit.</summary>
[Collection(nameof(Torch))]
public class FeatureFormTests
{
    private readonly MLContext _ml = new(1);

    private IEstimator<ITransformer> Trainer(string name) => name switch
    {
        "Mlp" => _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [4], Epochs = 1 }),
        "Cnn" => _ml.MulticlassClassification.Trainers.Cnn(),
        "Lstm" => _ml.MulticlassClassification.Trainers.Lstm(),
        _ => _ml.MulticlassClassification.Trainers.Crnn(),
    };

    private IDataView Columns()
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Mel)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4, 0);
        schema[nameof(Row.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2, 2, 2);
        var rows =
            _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new Row { Label = (uint)(i % 2), Mel = new float[4 * (i + 1)] }),
            schema);
        return _ml.Transforms.LoadAudio("Sound", "Path").Append(_ml.Transforms.MelSpectrogram("Spectrogram", "Sound")).Fit(rows)
            .Transform(rows);
    }

    [Theory]
    [InlineData("Mlp", "Mel", "Vector<Single, 4, *>", "one of Crnn, Attention, Lstm, Gru and Rnn for spectrograms", "FixLength(\"Mel\")",
        "MusicDescriptors")]
    [InlineData("Cnn", "Spectrogram", "Vector<Single, 128, *>", "Crnn, Attention, Lstm, Gru and Rnn", "FixLength(\"Spectrogram\")")]
    [InlineData("Mlp", "Sound", "Vector<Single>", "It is a waveform: put MusicDescriptors", "MelSpectrogram", "Crnn")]
    [InlineData("Mlp", "Ragged", "Vector<Single>", "FixLength(\"Ragged\")", "Crnn")]
    [InlineData("Mlp", "Scalar", "Single", "Concatenate(\"Features\", \"Scalar\", ...)")]
    [InlineData("Mlp", "Doubles", "Vector<Double, 3>", "ConvertType(\"Doubles\", outputKind: DataKind.Single)")]
    [InlineData("Mlp", "Path", "String", "put LoadAudio and MusicDescriptors")]
    [InlineData("Lstm", "Numbers", "Vector<Single, 3>", "(bands, frames)", "Take Mlp or Cnn for plain numbers",
        "[VectorType(bands, frames)]")]
    [InlineData("Crnn", "Sound", "Vector<Single>", "It is a waveform: put MelSpectrogram")]
    [InlineData("Crnn", "Scalar", "Single", "Take Mlp or Cnn")]
    [InlineData("Crnn", "Image", "Vector<Single, 2, 2, 2>", "(bands, frames)")]
    [InlineData("Crnn", "Path", "String", "put LoadAudio and MelSpectrogram")]
    [InlineData("Crnn", "Doubles", "Vector<Double, 3>", "ConvertType")]
    public void Fit_says_what_to_use_instead(string trainer, string column, string type, params string[] says)
    {
        var data = _ml.Transforms.CopyColumns("Features", column).Fit(Columns()).Transform(Columns());
        Assert.Equal(type, $"{data.Schema["Features"].Type}"); // the condition
        var message = Assert.Throws<ArgumentException>(() => Trainer(trainer).Fit(data)).Message;
        Assert.Contains("The feature column 'Features' is " + type, message);
        Assert.All(says,
            text => Assert.Contains(text.Replace($"(\"{column}\"", "(\"Features\"").Replace($"\"{column}\"", "\"Features\""), message));
    }

    [Theory]
    [InlineData("Mlp", "Spectrogram", "Crnn, Attention, Lstm, Gru and Rnn", "FixLength")]
    [InlineData("Cnn", "Sound", "MusicDescriptors")]
    [InlineData("Mlp", "Ragged", "FixLength", "Crnn")]
    [InlineData("Crnn", "Sound", "MelSpectrogram")]
    [InlineData("Lstm", "Scalar", "Mlp or Cnn")]
    [InlineData("Mlp", "Doubles", "ConvertType")]
    public void A_pipeline_says_it_before_there_is_data(string trainer, string column, params string[] says)
    {
        var data = _ml.Transforms.CopyColumns("Features", column).Fit(Columns()).Transform(Columns());
        var shape = (SchemaShape)typeof(SchemaShape)
            .GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [data.Schema])!;
        var message = Assert.Throws<ArgumentException>(() => Trainer(trainer).GetOutputSchema(shape)).Message;
        Assert.Contains("The feature column 'Features' is ", message);
        Assert.All(says, text => Assert.Contains(text, message));
    }

    /// <summary>What the advice for spectrograms leads to is taken; that there are networks for them is said in the log.</summary>
    [Fact]
    public void A_spectrogram_of_known_size_is_plain_numbers_with_a_warning()
    {
        var warnings = new List<string>();
        _ml.Log += (_, e) => warnings.Add(e.Message);
        _ml.Transforms.FixLength("Features", "Mel", count: 5).Append(Trainer("Mlp")).Fit(Columns());
        Assert.Contains(warnings, message => message.Contains("'Features' is a spectrogram: this network takes all 20 features")
            && message.Contains("Crnn"));
        warnings.Clear();
        _ml.Transforms.CopyColumns("Features", "Numbers").Append(Trainer("Mlp")).Fit(Columns());
        Assert.DoesNotContain(warnings, message => message.Contains("spectrogram"));
    }

    private sealed class Row
    {
        [KeyType(2)]
        public uint Label { get; set; }

        public string Path { get; set; } = "";

        public float Scalar { get; set; }

        public float[] Mel { get; set; } = [];

        public float[] Ragged { get; set; } = [];

        public float[] Image { get; set; } = new float[8];

        [VectorType(3)]
        public float[] Numbers { get; set; } = [0, 0, 0];

        [VectorType(3)]
        public double[] Doubles { get; set; } = [0, 0, 0];
    }
}
