using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Dsp.Descriptors;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Transforms;

namespace SongMood.Tests.Prediction;

/// <summary>Ensembles that listen: the predictor and the tool take their zips as any other.</summary>
[Collection(nameof(Torch))]
public sealed class EnsembleOfSongsTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _ml = new(1);

    public void Dispose() => _folder.Dispose();

    private IDataView Songs =>
        _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(_ml.Transforms.CopyColumns("Path", "AudioPath"))
        .Fit(Raw).Transform(Raw);

    private IDataView Raw =>
        _ml.Data.LoadFromEnumerable(
        LabelledSongs.Read(tones.Labels).Songs.Select(song => new Song { AudioPath = song.AudioPath!, Mood = song.Mood }));

    private IEstimator<ITransformer> Listener(string waveform) =>
        _ml.Transforms.MusicDescriptors("Features", waveform, DescriptorGroups.Spectrum)
        .Append(_ml.MulticlassClassification.Trainers.Mlp(
            new MlpOptions { HiddenSizes = [8], Epochs = 20, LearningRate = 0.01, BatchSize = 8 }));

    private string Save(ITransformer ensemble, DataViewSchema schema)
    {
        var zip = _folder.File("ensemble.zip");
        _ml.Model.Save(ensemble, schema, zip);
        return zip;
    }

    [Fact]
    public async Task Behind_one_decoder_and_with_a_decoder_in_each_member()
    {
        // The tool's own model, and one that calls the waveform otherwise: both begin with the file.
        var second = _ml.Transforms.LoadAudio("Sound", "Path").Append(Listener("Sound")).Fit(Songs);
        var inside = _ml.MulticlassClassification.Trainers.Ensemble(
            [EnsembleMember.FromFile(tones.Model), EnsembleMember.Of(second)], combiner: EnsembleCombiner.HeadOnOutputs).Fit(Songs);
        // The same members behind a decoder of the ensemble's.
        var decoder = _ml.Transforms.LoadAudio("Sound", "Path").Fit(Songs);
        var decoded = _ml.Data.Cache(decoder.Transform(Songs));
        var outside = decoder.Append(_ml.MulticlassClassification.Trainers.Ensemble(
            [EnsembleMember.Of(Listener("Sound").Fit(decoded)), EnsembleMember.Of(Listener("Sound").Fit(decoded))],
            combiner: EnsembleCombiner.Vote).Fit(decoded));
        foreach (ITransformer ensemble in new ITransformer[] { inside, outside })
        {
            var zip = Save(ensemble, Songs.Schema);
            var path = _folder.Write("new.wav", ToneFiles.Wav(4300));
            using var predictor = MoodPredictor.Load(zip);
            var heard = predictor.Predict(path);
            Assert.Equal("high", heard.Mood);
            var row = _ml.Data.LoadFromEnumerable([new Song { AudioPath = path, Path = path, Mood = "low" }]);
            var scored = ensemble.Transform(row).GetColumn<float[]>("Score").Single();
            Close.Equal(scored, heard.Scores.Values, 1e-5f);

            var predicted = await Tool.RunAsync("predict", path, "--model", zip, "--format", "json");
            Assert.True(predicted.ExitCode == 0, predicted.Error);
            Assert.Equal(heard.Scores["high"], (float)predicted.JsonLines[0]["scores"]!["high"]!, 1e-6f);
            var inspected = await Tool.RunAsync("inspect", zip);
            Assert.Contains("EnsemblePredictionTransformer", inspected.Out);
            Assert.Contains("members[1]", inspected.Out);
            var evaluated = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", zip);
            Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        }
    }

    /// <summary>ML.NET fits, scores and saves all of these; the predictor takes them too, and hears what ML.NET hears.</summary>
    [Theory]
    [InlineData("all members decode")]
    [InlineData("all members decode, and what stands before decodes something else, for nothing")]
    [InlineData("one member decodes, the other takes what is decoded before")]
    public void Members_that_decode_behind_another_decoder(string who)
    {
        var elsewhere = new LoadAudioOptions { DurationSeconds = who.EndsWith("nothing", StringComparison.Ordinal) ? 0.5 : null };
        var decoder = _ml.Transforms.LoadAudio("Sound", "Path", elsewhere).Fit(Songs);
        var decoded = decoder.Transform(Songs);
        var own = EnsembleMember.Of(_ml.Transforms.LoadAudio("Own", "Path").Append(Listener("Own")).Fit(Songs));
        var other = who.StartsWith("all", StringComparison.Ordinal)
            ? EnsembleMember.FromFile(tones.Model) : EnsembleMember.Of(Listener("Sound").Fit(decoded));
        var ensemble =
            decoder.Append(_ml.MulticlassClassification.Trainers.Ensemble([own, other], combiner: EnsembleCombiner.Average).Fit(decoded));
        AssertHeardAsScored(ensemble);
    }

    /// <summary>The same without an ensemble: two steps decode, of which the network needs one.</summary>
    [Fact]
    public void Two_decoders_before_one_network() =>
        AssertHeardAsScored(_ml.Transforms.LoadAudio("Unused", "Path", new LoadAudioOptions { DurationSeconds = 0.5 })
        .Append(_ml.Transforms.LoadAudio("Sound", "Path")).Append(Listener("Sound")).Fit(Songs));

    private void AssertHeardAsScored(ITransformer model)
    {
        var path = _folder.Write("new.wav", ToneFiles.Wav(4300));
        using var predictor = MoodPredictor.Load(Save(model, Songs.Schema));
        var heard = predictor.Predict(path);
        Assert.Equal("high", heard.Mood);
        var row = _ml.Data.LoadFromEnumerable([new Song { AudioPath = path, Path = path, Mood = "low" }]);
        var scored = model.Transform(row).GetColumn<float[]>("Score").Single();
        Close.Equal(scored, heard.Scores.Values, 1e-5f);
    }

    [Fact]
    public void Members_that_decode_differently_are_refused_with_advice()
    {
        ITransformer[] members = [.. new[] { 0.5, 1 }.Select(seconds =>
            _ml.Transforms.LoadAudio("Sound", "Path", new LoadAudioOptions { DurationSeconds = seconds }).Append(Listener("Sound"))
                .Fit(Songs))];
        var warnings = new List<string>();
        _ml.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
                warnings.Add(entry.RawMessage);
        };
        var ensemble = Fit(members);
        Assert.Contains("The members decode songs in different ways (members[0] LoadAudio, ", Assert.Single(warnings));
        Fit(members[0], members[0]);
        Assert.Single(warnings); // these decode alike
        var error = Assert.Throws<MoodModelException>(() => MoodPredictor.Load(Save(ensemble, Songs.Schema)));
        Assert.Contains("do not all begin with the same LoadAudio", error.Message);
        Assert.Contains("members[0] LoadAudio, MusicDescriptors Features; members[1] LoadAudio, MusicDescriptors Features", error.Message);

        EnsemblePredictionTransformer Fit(params ITransformer[] some) => _ml.MulticlassClassification.Trainers
            .Ensemble([.. some.Select(EnsembleMember.Of)], combiner: EnsembleCombiner.Average).Fit(Songs);
    }

    private sealed class Song
    {
        public string AudioPath { get; set; } = "";

        public string Path { get; set; } = "";

        public string Mood { get; set; } = "";
    }
}
