using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp.Descriptors;
using SongMood.Tests.Trainers.Ensembles;
using SongMood.Trainers;
using SongMood.Transforms;

namespace SongMood.Tests.Trainers;

/// <summary>A song that cannot be read is what the user is told first, whatever ML.NET puts around the error on its way.</summary>
[Collection(nameof(Torch))]
public sealed class RowErrorTests : IDisposable
{
    private const int BadRow = 3;

    private readonly MLContext _ml = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly string _missing;
    private readonly IDataView _songs, _withMissing;

    public RowErrorTests()
    {
        _missing = _folder.File("gone.mp3");
        Song[] songs = [.. Enumerable.Range(0, 8).Select(i => new Song
        {
            Path = _folder.Write($"{i}.wav", ToneFiles.Wav(i % 2 == 0 ? 300 : 4000, 0.5, seed: i)), Mood = i % 2 == 0 ? "low" : "high",
        })];
        _songs = Keyed(songs);
        songs = [.. songs];
        songs[BadRow] = new Song { Path = _missing, Mood = songs[BadRow].Mood };
        _withMissing = Keyed(songs);
    }

    public void Dispose() => _folder.Dispose();

    private IDataView Keyed(Song[] songs)
    {
        var view = _ml.Data.LoadFromEnumerable(songs);
        return _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(view).Transform(view);
    }

    private IEstimator<ITransformer> Listener() => _ml.Transforms.LoadAudio("Sound", "Path")
        .Append(_ml.Transforms.MusicDescriptors("Features", "Sound", DescriptorGroups.Spectrum));

    private IEstimator<ITransformer> Mlp() => _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [4], Epochs = 2 });

    private void AssertNamed(Exception error)
    {
        var row = Assert.IsType<RowException>(error);
        Assert.StartsWith($"LoadAudio: row {BadRow}, column 'Path': {_missing}", row.Message);
        Assert.Same(row, row.GetBaseException());
        Assert.Equal(_missing, Assert.IsType<AudioFormatException>(row.Cause).File);
    }

    private static Exception Thrown(Action action) => Assert.ThrowsAny<Exception>(action);

    [Fact]
    public void By_our_trainers()
    {
        var network = Listener().Append(Mlp());
        AssertNamed(Thrown(() => network.Fit(_withMissing)));
        AssertNamed(Thrown(() => Listener().AppendCacheCheckpoint(_ml).Append(Mlp()).Fit(_withMissing)));
        AssertNamed(Thrown(() => Listener().Append(_ml.Transforms.ScaleMinMax("Features")).Append(Mlp()).Fit(_withMissing)));
        AssertNamed(Thrown(() => Listener().Append(_ml.MulticlassClassification.Trainers.Bagging(Mlp(), count: 2)).Fit(_withMissing)));
        EnsembleMember[] members = [EnsembleMember.ToTrain(network), EnsembleMember.ToTrain(network)];
        AssertNamed(
            Thrown(() => _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: EnsembleCombiner.Average).Fit(_withMissing)));
        AssertNamed(Thrown(() => _ml.MulticlassClassification.CrossValidate(_withMissing, network, numberOfFolds: 2)));
    }

    /// <summary>A step of ML.NET's that learns within a member is as far away from the user as the member's network.</summary>
    [Fact]
    public void By_an_ensemble_around_what_ML_NET_learns()
    {
        var normalized = Listener().Append(_ml.Transforms.NormalizeMinMax("Features")).Append(Mlp());
        var alone = Thrown(() => normalized.Fit(_withMissing));
        Assert.DoesNotContain("gone.mp3", alone.Message); // the condition: ML.NET's own normaliser does not say it
        EnsembleMember[] members = [EnsembleMember.ToTrain(normalized), EnsembleMember.ToTrain(normalized)];
        AssertNamed(
            Thrown(() => _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: EnsembleCombiner.Average).Fit(_withMissing)));
    }

    [Fact]
    public void By_what_a_fitted_network_scores()
    {
        var scored = Listener().Append(Mlp()).Fit(_songs).Transform(_withMissing);
        AssertNamed(Thrown(() => _ = scored.GetColumn<float[]>("Score").Count()));
        AssertNamed(Thrown(() => _ml.MulticlassClassification.Evaluate(scored)).GetBaseException());
        using var engine = _ml.Model.CreatePredictionEngine<Song, Toy.Scored>(Listener().Append(Mlp()).Fit(_songs));
        Assert.StartsWith("LoadAudio: row 0, column 'Path'",
            Assert.Throws<RowException>(() => engine.Predict(new Song { Path = _missing })).Message);
    }

    [Fact]
    public void By_the_base_exception_of_what_ML_NETs_own_trainers_throw()
    {
        var trainers = new Func<IEstimator<ITransformer>>[]
        {
            () => _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
            () => _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.AveragedPerceptron()),
            () => _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 2),
        };
        foreach (var trainer in trainers)
        {
            AssertNamed(Thrown(() => Listener().Append(trainer()).Fit(_withMissing)).GetBaseException());
            AssertNamed(Thrown(() => Listener().AppendCacheCheckpoint(_ml).Append(trainer()).Fit(_withMissing)).GetBaseException());
        }
    }

    private sealed class Song
    {
        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }
}
