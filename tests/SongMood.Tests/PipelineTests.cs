using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests;

/// <summary>The whole line as a user of ML.NET writes it: audio file to mood in one pipeline.</summary>
[Collection(nameof(Torch))]
public sealed class PipelineTests : IDisposable
{
    private readonly TrainedTones _tones;
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _songs;

    public PipelineTests(TrainedTones tones)
    {
        _tones = tones;
        var labels = LabelledSongs.Read(ToneFiles.WriteLabelledSongs(_folder, songsPerMood: 8));
        _songs = _context.Data.LoadFromEnumerable(
            labels.Songs.Select(song => new Song { Path = song.AudioPath!, Mood = song.Mood, Artist = song.Group! }));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fits_evaluates_and_makes_a_prediction_engine()
    {
        var model = Pipeline().Fit(_songs);
        var metrics = _context.MulticlassClassification.Evaluate(model.Transform(_songs));
        Assert.Equal(1, metrics.MacroAccuracy);

        using var engine = _context.Model.CreatePredictionEngine<Song, Heard>(model);
        var path = _folder.Write("new.wav", ToneFiles.Wav(4321));
        var heard = engine.Predict(new Song { Path = path });
        Assert.Equal("high", heard.PredictedLabel);
        Assert.Equal(2u, heard.PredictedKey); // in the order in which MapValueToKey met the moods
        Assert.Equal(1, heard.Score.Sum(), 5);
    }

    /// <summary>What the tool trains says the mood's name in an app of ML.NET's, and is measured by ML.NET.</summary>
    [Fact]
    public void The_tools_model_names_moods_in_a_prediction_engine()
    {
        var model = _context.Model.Load(_tones.Model, out var schema);
        using var engine = _context.Model.CreatePredictionEngine<SongPath, Heard>(model, schema);
        foreach (var (frequencyHz, mood) in new[] { (4321, "high"), (234, "low") })
        {
            var heard = engine.Predict(new SongPath { Path = _folder.Write("new.wav", ToneFiles.Wav(frequencyHz)) });
            Assert.Equal(mood, heard.PredictedLabel);
            var moods = default(VBuffer<ReadOnlyMemory<char>>);
            engine.OutputSchema["PredictedKey"].GetKeyValues(ref moods);
            Assert.Equal(mood, $"{moods.GetItemOrDefault((int)heard.PredictedKey - 1)}");
        }
        var keys = default(VBuffer<ReadOnlyMemory<char>>);
        engine.OutputSchema["PredictedKey"].GetKeyValues(ref keys);
        var order = _context.Data.LoadFromEnumerable(keys.DenseValues().Select(mood => new Keyed { Mood = $"{mood}" }).ToArray());
        var labelled = _context.Transforms.Conversion.MapValueToKey("Label", nameof(Song.Mood), keyData: order).Fit(_songs)
            .Transform(_songs);
        Assert.Equal(1, _context.MulticlassClassification.Evaluate(model.Transform(labelled)).MacroAccuracy);
    }

    [Fact]
    public void Cross_validates_by_artist()
    {
        var folds = _context.MulticlassClassification.CrossValidate(_songs, Pipeline(), numberOfFolds: 2,
            samplingKeyColumnName: nameof(Song.Artist));
        Assert.Equal(2, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MacroAccuracy >= 0.9, $"{fold.Metrics.MacroAccuracy}"));
    }

    /// <summary>A fresh process knows nothing of our components but what the zip says: no registration call, same bits.</summary>
    [Fact]
    public async Task Saved_and_loaded_in_another_process_it_gives_the_same_scores_to_the_last_bit()
    {
        var model = Pipeline().Fit(_songs);
        var zip = _folder.File("model.zip");
        _context.Model.Save(model, _songs.Schema, zip);

        var paths = _songs.GetColumn<string>(nameof(Song.Path)).ToArray();
        using var engine = _context.Model.CreatePredictionEngine<Song, Heard>(model);
        var here = paths.Select(path => string.Join(" ", engine.Predict(new Song { Path = path }).Score.Select(Digits))).ToArray();

        var there = await ToolProcess.RunAsync(ToolProcess.Assembly, ["predict", "--model", zip, "--format", "json", .. paths]);
        Assert.True(there.ExitCode == 0, there.Error);
        Assert.Equal(here,
            there.JsonLines.Select(line => string.Join(" ", line["scores"]!.AsObject().Select(score => Digits((float)score.Value!)))));
    }

    [Fact]
    public void The_predictor_loads_what_a_user_saved_though_it_was_trained_with_more_columns()
    {
        var zip = _folder.File("model.zip");
        _context.Model.Save(Pipeline().Fit(_songs), _songs.Schema, zip);
        using var predictor = MoodPredictor.Load(zip);
        Assert.Equal(["low", "high"], predictor.Moods); // in the order in which MapValueToKey met them
        Assert.Equal("low", predictor.Predict(_folder.Write("new.wav", ToneFiles.Wav(234))).Mood);
    }

    private IEstimator<ITransformer> Pipeline() => _context.Transforms.Conversion.MapValueToKey("Label", nameof(Song.Mood))
        .Append(_context.Transforms.LoadAudio("Waveform", nameof(Song.Path)))
        .Append(_context.Transforms.MelSpectrogram("Mel", "Waveform"))
        .Append(_context.Transforms.PowerToDecibels("Decibels", "Mel"))
        .Append(_context.Transforms.ScaleMinMax("Features", "Decibels"))
        .Append(_context.MulticlassClassification.Trainers.Crnn(
            new CrnnOptions { Epochs = 15, BatchSize = 8, LearningRate = 0.01, Channels = [16, 16], HiddenSize = 8 }))
        .Append(_context.Transforms.CopyColumns("PredictedKey", "PredictedLabel"))
        .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    private static string Digits(float score) => score.ToString("R", CultureInfo.InvariantCulture);

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";

        public string Artist { get; set; } = "";
    }

    private sealed class SongPath
    {
        public string Path { get; set; } = "";
    }

    private sealed class Keyed
    {
        public string Mood { get; set; } = "";
    }

    private sealed class Heard
    {
        public string PredictedLabel { get; set; } = "";

        [KeyType(2)]
        public uint PredictedKey { get; set; }

        public float[] Score { get; set; } = [];
    }
}
