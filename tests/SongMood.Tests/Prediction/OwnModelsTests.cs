using Microsoft.ML;
using SongMood.Dsp.Descriptors;
using SongMood.Prediction;
using SongMood.Similarity;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests.Prediction;

/// <summary>Models of a user's own answer every call; what one cannot give is null or empty, as documented.</summary>
[Collection(nameof(Torch))]
public sealed class OwnModelsTests(TrainedTones tones) : IDisposable
{
    private static readonly TimelineOptions Short = new() { Window = TimeSpan.FromSeconds(1), Hop = TimeSpan.FromSeconds(0.5) };

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    public void Dispose() => _folder.Dispose();

    /// <summary>Three moods of other names, told apart by ML.NET's own trainer.</summary>
    [Fact]
    public void A_classifier_of_ML_NETs()
    {
        using var predictor = Save(_ml.Transforms.Conversion.MapValueToKey("Label", "Mood")
            .Append(_ml.Transforms.LoadAudio("Sound", "Path"))
            .Append(_ml.Transforms.MusicDescriptors("Features", "Sound", DescriptorGroups.Spectrum))
            .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()));
        Assert.Equal(["deep", "middling", "high"], predictor.Moods);
        AssertAnswers(predictor, "high");
        var prediction = predictor.Predict(ToneFiles.Wav(5000));
        Assert.Equal((null, null, null), (prediction.Valence, prediction.Arousal, prediction.IsUnsure));
        Assert.Empty(prediction.Embedding);
        Assert.Equal(0, predictor.EmbeddingSize);
        Assert.Contains("gives no embedding", Assert.Throws<ArgumentException>(() => new SongIndex(predictor)).Message);
        Assert.Empty(predictor.Explain(ToneFiles.Wav(5000)).Parts); // nobody knows what is usual
        Assert.Null(predictor.Confidence);
    }

    /// <summary>ML.NET's naive Bayes gives logarithms: they are shown as they are, and it is said.</summary>
    [Fact]
    public async Task A_classifier_whose_scores_are_no_probabilities()
    {
        using var predictor = Save(_ml.Transforms.Conversion.MapValueToKey("Label", "Mood")
            .Append(_ml.Transforms.LoadAudio("Sound", "Path"))
            .Append(_ml.Transforms.MusicDescriptors("Features", "Sound", DescriptorGroups.Spectrum))
            .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.MulticlassClassification.Trainers.NaiveBayes()));
        var song = ToneFiles.Wav(5000);
        var prediction = predictor.Predict(song);
        Assert.True(prediction.Scores.Values.Sum() < 0);
        Assert.Equal(prediction.Scores.MaxBy(score => score.Value).Key, prediction.Mood);
        var remark = Assert.Single(prediction.Remarks, remark => remark.Kind == PredictionRemarkKind.NoProbabilities);
        Assert.Matches("^the model's scores are no probabilities: they go from -[0-9.E+]+ to -?[0-9.E+]+ and add up to "
            + "-[0-9.E+]+, not to 1; only their order counts$", remark.Text);
        Assert.Contains(remark, predictor.PredictTimeline(song, Short).Song.Remarks);

        string[] command = ["predict", _folder.Write("tone.wav", song), "--model", _folder.File("model.zip")];
        Assert.Contains("the model's scores are no probabilities", (await Tool.RunAsync(command)).Out);
        command = [.. command, _folder.Write("again.wav", song)]; // it is so of each song, and said of the first
        Assert.Equal(2, (await Tool.RunAsync(command)).Out.Split("are no probabilities").Length);
        Assert.Equal(2, (await Tool.RunAsync([.. command, "--format", "csv"])).Error.Split("are no probabilities").Length);
        Assert.Contains("\"kind\":\"noProbabilities\"", (await Tool.RunAsync([.. command, "--format", "json"])).Out);
    }

    /// <summary>Members that compute features of their own, behind a decoder each.</summary>
    [Fact]
    public void An_ensemble()
    {
        var mlp = new MlpOptions { HiddenSizes = [8], Epochs = 60, LearningRate = 0.02, BatchSize = 6 };
        IEstimator<ITransformer> Member(DescriptorGroups groups) => _ml.Transforms.LoadAudio("Sound", "Path")
            .Append(_ml.Transforms.MusicDescriptors("Features", "Sound", groups))
            .Append(_ml.Transforms.ScaleMinMax("Features", "Features")).Append(_ml.MulticlassClassification.Trainers.Mlp(mlp));
        var labelled = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(Songs).Transform(Songs);
        var ensemble = _ml.MulticlassClassification.Trainers.Ensemble(
            [.. new[] { DescriptorGroups.Spectrum, DescriptorGroups.MelBands }
                .Select(groups => EnsembleMember.Of(Member(groups).Fit(labelled)))],
            combiner: EnsembleCombiner.Average).Fit(labelled);
        using var predictor = Save(ensemble, labelled.Schema);
        AssertAnswers(predictor, "high");
        Assert.Equal(predictor.EmbeddingSize, predictor.Predict(ToneFiles.Wav(300)).Embedding.Count);
        Assert.True(predictor.EmbeddingSize > 0);
        Assert.Empty(predictor.Explain(ToneFiles.Wav(5000)).Parts);
        Assert.Equal(predictor.EmbeddingSize, new SongIndex(predictor).EmbeddingSize);
    }

    /// <summary>Descriptors and a spectrogram: both are taken apart.</summary>
    [Fact]
    public async Task A_model_of_both_inputs()
    {
        var zip = _folder.File("both.zip");
        var run = await Tool.RunAsync("train", "--data", tones.Labels, "--inputs", "both", "--model", zip, "--epochs", "3", "--batch", "4",
            "--crop-frames", "40");
        Assert.True(run.ExitCode == 0, run.Error);
        using var predictor = MoodPredictor.Load(zip);
        AssertAnswers(predictor, predictor.Predict(ToneFiles.Wav(5000)).Mood);
        var parts = predictor.Explain(ToneFiles.Wav(5000)).Parts;
        Assert.Equal(14 + 5, parts.Count);
        Assert.Contains(parts, part => part.Group == "timbre");
        Assert.Contains(parts, part => part.Group == "treble");
    }

    private IDataView Songs => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 18).Select(i => new Song
    {
        Path = _folder.Write($"{i}.wav", ToneFiles.Wav(new[] { 200, 1200, 5000 }[i % 3] + 10 * i, 1, seed: i)),
        Mood = new[] { "deep", "middling", "high" }[i % 3],
    }).ToArray());

    private MoodPredictor Save(IEstimator<ITransformer> pipeline) => Save(pipeline.Fit(Songs), Songs.Schema);

    private MoodPredictor Save(ITransformer model, DataViewSchema schema)
    {
        _ml.Model.Save(model, schema, _folder.File("model.zip"));
        return MoodPredictor.Load(_folder.File("model.zip"), new MoodPredictorOptions { WithFeatures = true });
    }

    private static void AssertAnswers(MoodPredictor predictor, string mood)
    {
        var song = ToneFiles.Wav(5000, 3);
        var prediction = predictor.Predict(song);
        Assert.Equal(mood, prediction.Mood);
        Assert.Equal(predictor.Moods, prediction.Scores.Keys);
        Assert.Equal(TimeSpan.FromSeconds(3), prediction.Duration);
        var timeline = predictor.PredictTimeline(song, Short);
        Assert.Equal(5, timeline.Windows.Count);
        Assert.Equal(prediction.Scores, timeline.Song.Scores);
        Assert.All(timeline.Windows, window => Assert.Equal(1, window.Scores.Values.Sum(), 1e-4f));
        Assert.Equal(timeline.Windows[2].Mood, Assert.Single(timeline.Sections).Mood);
        var explanation = predictor.Explain(song);
        Assert.Equal((prediction.Mood, prediction.Scores[mood]), (explanation.Mood, explanation.Score));
    }

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }
}
