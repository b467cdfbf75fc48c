using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>What every ensemble keeps to, whatever combines its members.</summary>
[Collection(nameof(Torch))]
public class EnsembleTests
{
    private readonly MLContext _ml = new(1);

    public static TheoryData<EnsembleCombiner> Combiners => [.. Enum.GetValues<EnsembleCombiner>()];

    private EnsembleTrainer Trainer(EnsembleCombiner combiner, params EnsembleMember[] members) =>
        _ml.MulticlassClassification.Trainers.Ensemble(members, combiner: combiner);

    /// <summary>A member that scales its features itself, in a column of its own that every member of the kind calls the same.</summary>
    private IEstimator<ITransformer> ScaledPipeline(string column) => _ml.Transforms.CopyColumns("Scaled", column)
        .Append(_ml.Transforms.ScaleMinMax("Scaled"))
        .Append(TwoViews.Trainer(_ml, "Scaled"))
        .Append(_ml.Transforms.Conversion.MapKeyToValue("Heard", "PredictedLabel"));

    private EnsembleMember[] Members(EnsembleCombiner combiner, IDataView data) => [.. new[] { "Valence", "Arousal" }.Select(ScaledPipeline)
        .Select(pipeline => combiner == EnsembleCombiner.Stacking ? EnsembleMember.ToTrain(pipeline)
            : EnsembleMember.Of(pipeline.Fit(data)))];

    [Theory]
    [MemberData(nameof(Combiners))]
    public async Task Scores_alike_alone_in_an_engine_and_in_a_fresh_process_without_libtorch(EnsembleCombiner combiner)
    {
        var songs = TwoViews.Songs();
        var data = TwoViews.View(_ml, songs);
        var ensemble = Trainer(combiner, Members(combiner, data)).Fit(data);
        var scored = ensemble.Transform(data);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.8, 1);
        Assert.Equal(["Score", "PredictedLabel"],
            scored.Schema.Select(column => column.Name).Except(data.Schema.Select(column => column.Name)).OrderDescending());

        var together = Toy.Scores(scored);
        var keys = scored.GetColumn<uint>("PredictedLabel").ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<TwoViews.Song, Toy.Prediction>(new TransformerChain<ITransformer>(ensemble));
        for (var i = 0; i < songs.Length; i++)
        {
            Assert.Equal(1, together[i].Sum(), 1e-5f);
            Assert.Equal((uint)Array.IndexOf(together[i], together[i].Max()) + 1, keys[i]);
            Close.Equal(together[i], engine.Predict(songs[i]).Score, 1e-6f);
        }
        var alone = Toy.Scores(ensemble.Transform(_ml.Data.TakeRows(_ml.Data.SkipRows(data, 7), 1))).Single();
        Close.Equal(together[7], alone, 1e-6f);
        await SavedModelTests.CheckFreshProcess(_ml, data, ensemble);
    }

    [Fact]
    public void One_graph_has_the_inputs_of_all_members_and_the_outputs_of_a_network()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var ensemble = Trainer(EnsembleCombiner.HeadOnEmbeddings, Members(EnsembleCombiner.Average, data)).Fit(data);
        using var graph = new InferenceSession(ensemble.Model.OnnxGraph.ToArray());
        Assert.Equal(["member0_input", "member1_input"], graph.InputNames);
        Assert.Equal(["probabilities", "embedding"], graph.OutputNames);
        Assert.Equal(Toy.Moods, ensemble.Model.ClassNames);
    }

    [Theory]
    [InlineData(EnsembleCombiner.Average)]
    [InlineData(EnsembleCombiner.HeadOnEmbeddings)]
    public void Ensembles_are_members_of_ensembles(EnsembleCombiner combiner)
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var inner = Trainer(EnsembleCombiner.Average, Members(combiner, data)).Fit(data);
        var third = TwoViews.Trainer(_ml, "Arousal").Fit(data);
        var outer = Trainer(combiner, EnsembleMember.Of(inner), EnsembleMember.Of(third)).Fit(data);
        Assert.Equal(["member0_member0_input", "member0_member1_input", "member1_input"], outer.Model.Network.InputNames);
        Assert.Equal(["members[0], members[0]", "members[0], members[1]", "members[1]"],
            ((NetworkTransformer)outer).Inputs.Select(input => input.Owner));
        var scores = Toy.Scores(outer.Transform(data));
        if (combiner != EnsembleCombiner.Average)
            return;
        var (left, right) = (Toy.Scores(inner.Transform(data)), Toy.Scores(third.Transform(data)));
        for (var row = 0; row < scores.Length; row++)
            Assert.Equal((left[row][0] + right[row][0]) / 2, scores[row][0], 1e-6f);
    }

    /// <summary>The paper's ensemble: numbers of a song beside its spectrogram, which has as many frames as the song has.</summary>
    [Theory]
    [InlineData(EnsembleCombiner.HeadOnEmbeddings)]
    [InlineData(EnsembleCombiner.Vote)]
    public async Task Features_beside_spectrograms_of_different_lengths(EnsembleCombiner combiner)
    {
        var clips = Toy.Clips(60, frames: [24, 12, 40]);
        var schema = SchemaDefinition.Create(typeof(Clip));
        schema[nameof(Clip.Mel)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Toy.BandCount, 0);
        var rows = clips.Zip(Toy.Songs(60, noise: 0.6),
            (clip, song) => new Clip { Mood = clip.Mood, Mel = clip.Features, Numbers = song.Features }).ToArray();
        var raw = _ml.Data.LoadFromEnumerable(rows, schema);
        var data = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(raw).Transform(raw);
        var gru = new GruOptions
        {
            FeatureColumnName = "Mel",
            HiddenSize = 8,
            Epochs = 10,
            LearningRate = 1e-2,
            BatchSize = 16,
            CropFrames = 12,
        };
        var ensemble = Trainer(combiner, EnsembleMember.Of(TwoViews.Trainer(_ml, "Numbers").Fit(data)),
            EnsembleMember.Of(_ml.MulticlassClassification.Trainers.Gru(gru).Fit(data))).Fit(data);
        var together = Toy.Scores(ensemble.Transform(data));
        for (var row = 1; row < 7; row++)
        {
            var alone = Toy.Scores(ensemble.Transform(_ml.Data.TakeRows(_ml.Data.SkipRows(data, row), 1))).Single();
            Close.Equal(together[row], alone, 1e-6f);
        }
        await SavedModelTests.CheckFreshProcess(_ml, data, ensemble);
    }

    [Fact]
    public void A_member_from_a_file_is_the_member_that_was_saved()
    {
        using var folder = new TemporaryFolder();
        var raw = _ml.Data.LoadFromEnumerable(TwoViews.Songs());
        // Trained from the moods as text, as a user does; the ensemble's data has only the key.
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(ScaledPipeline("Valence"));
        var saved = pipeline.Fit(raw);
        _ml.Model.Save(saved, raw.Schema, folder.File("member.zip"));
        var data = _ml.Transforms.DropColumns("Mood").Fit(raw).Transform(TwoViews.View(_ml, TwoViews.Songs()));
        var other = EnsembleMember.Of(TwoViews.Trainer(_ml, "Arousal").Fit(data));
        var fromFile = Trainer(EnsembleCombiner.Average, EnsembleMember.FromFile(folder.File("member.zip")), other).Fit(data);
        var fromMemory = Trainer(EnsembleCombiner.Average, EnsembleMember.Of(saved), other).Fit(data);
        Assert.Equal(Toy.Scores(fromMemory.Transform(data)), Toy.Scores(fromFile.Transform(data)));
    }

    [Fact]
    public void One_seed_gives_one_zip_but_for_its_time_stamps()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs(80));
        Assert.Equal(Zip(3), Zip(3));
        Assert.NotEqual(Zip(3), Zip(4));

        Dictionary<string, string> Zip(int seed)
        {
            var options = new EnsembleOptions
            {
                Combiner = EnsembleCombiner.Stacking,
                FoldCount = 2,
                Seed = seed,
                GroupColumnName = "Artist",
            };
            options = options with { Head = options.Head with { Epochs = 5 } };
            EnsembleMember[] members = [.. new[] { "Valence", "Arousal" }.Select(column => EnsembleMember.ToTrain(
                _ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options(column, epochs: 3))))];
            using var stream = new MemoryStream();
            _ml.Model.Save(_ml.MulticlassClassification.Trainers.Ensemble(members, options).Fit(data), data.Schema, stream);
            using var zip = new ZipArchive(stream);
            return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
            {
                using var content = entry.Open();
                return Convert.ToHexString(SHA256.HashData(content));
            });
        }
    }

    [Fact]
    public void Cross_validates_members_that_it_trains()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs());
        var trainer = Trainer(EnsembleCombiner.HeadOnOutputs, [.. new[] { "Valence", "Arousal" }.Select(column =>
            EnsembleMember.ToTrain(_ml.Transforms.CopyColumns("Own", column).Append(TwoViews.Trainer(_ml, "Own"))))]);
        var folds = _ml.MulticlassClassification.CrossValidate(data, trainer, numberOfFolds: 2, samplingKeyColumnName: "Artist");
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.8, 1));
    }

    [Fact]
    public void Stacking_keeps_one_artist_in_two_spellings_in_one_fold_and_splits_songs_without_artist_one_by_one()
    {
        var songs = TwoViews.Songs(80);
        foreach (var (i, song) in songs.Index())
            song.Artist = i < 60 ? " " : i % 2 == 0 ? "Beyoncé" : "BEYONCE ";
        var seen = new List<string[]>();
        var members = new[] { "Valence", "Arousal" }.Select(column => EnsembleMember.ToTrain(new Spy(TwoViews.Trainer(_ml, column), seen)))
            .ToArray();
        var options = new EnsembleOptions { Combiner = EnsembleCombiner.Stacking, FoldCount = 2, GroupColumnName = "Artist", Seed = 1 };
        _ml.MulticlassClassification.Trainers.Ensemble(members, options).Fit(TwoViews.View(_ml, songs));
        Assert.Equal(6, seen.Count); // two members without each of two folds, and on all
        foreach (var learnt in seen[..4])
        {
            Assert.InRange(learnt.Count(artist => artist == " "), 10, 50); // not all or none of them
            Assert.Contains(learnt.Count(artist => artist != " "), new[] { 0, 20 });
        }
    }

    /// <summary>Writes down whose songs it is given to learn from.</summary>
    private sealed class Spy(IEstimator<ITransformer> trainer, List<string[]> seen) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            seen.Add([.. input.GetColumn<string>("Artist")]);
            return trainer.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
    }

    [Fact]
    public void Each_member_runs_once_over_the_training_data()
    {
        var songs = TwoViews.Songs(40);
        var reads = 0;
        var data = TwoViews.View(_ml, songs);
        var counting = _ml.Transforms.CustomMapping<TwoViews.Song,
        Counted>((_, to) => to.Times = Interlocked.Increment(ref reads), contractName: null)
            .Append(_ml.Transforms.Concatenate("Both", "Valence", "Times"));
        var counted = counting.Fit(data);
        var first =
            counted.Append(_ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Both", epochs: 2)).Fit(counted.Transform(data)));
        reads = 0;
        Trainer(EnsembleCombiner.HeadOnEmbeddings, EnsembleMember.Of(first), EnsembleMember.Of(TwoViews.Trainer(_ml, "Arousal").Fit(data)))
            .Fit(data);
        Assert.Equal(songs.Length, reads);
    }

    /// <summary>Fits take turns, also those that an ensemble has inside; nobody waits for oneself.</summary>
    [Fact]
    public async Task Two_ensembles_may_be_fitted_at_once()
    {
        var fits = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var ml = new MLContext(1);
            var inner =
                ml.MulticlassClassification.Trainers.Bagging(
                ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Valence", epochs: 2)), count: 2);
            return ml.MulticlassClassification.Trainers.Ensemble(
                [EnsembleMember.ToTrain(inner),
                    EnsembleMember.ToTrain(ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options("Arousal", epochs: 2)))])
                .Fit(TwoViews.View(ml, TwoViews.Songs(40))).Model.Network.Inputs.Length;
        }));
        var inputs = await Task.WhenAll(fits).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.All(inputs, count => Assert.Equal(3, count));
    }

    /// <summary>The mean of a model and itself is the model, to the last bit.</summary>
    [Fact]
    public async Task An_average_is_made_in_a_process_without_libtorch()
    {
        var data = TwoViews.View(_ml, TwoViews.Songs(40));
        await SavedModelTests.CheckFreshProcess(_ml, data, TwoViews.Trainer(_ml, "Valence").Fit(data), "average");
    }

    [Fact]
    public void Many_cursors_and_batches_give_what_one_does()
    {
        var songs = TwoViews.Songs(2500); // more than two batches
        var data = _ml.Data.Cache(TwoViews.View(_ml, songs));
        var scored = Trainer(EnsembleCombiner.HeadOnOutputs, Members(EnsembleCombiner.Average, TwoViews.View(_ml, TwoViews.Songs())))
            .Fit(data).Transform(data);
        var expected = scored.GetColumn<string>("Artist").Zip(Toy.Scores(scored), (artist, score) => (artist, score[0])).Order().ToArray();
        var got = new ConcurrentBag<(string, float)>();
        Parallel.ForEach(scored.GetRowCursorSet([scored.Schema["Artist"], scored.Schema["Score"]], 4), cursor =>
        {
            using (cursor)
            {
                var getArtist = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Artist"]);
                var getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
                var (artist, score) = (default(ReadOnlyMemory<char>), default(VBuffer<float>));
                while (cursor.MoveNext())
                {
                    getArtist(ref artist);
                    getScore(ref score);
                    got.Add((artist.ToString(), score.GetValues()[0]));
                }
            }
        });
        Assert.Equal(expected.Length, got.Count);
        Assert.All(expected.Zip(got.Order()), pair =>
        {
            Assert.Equal(pair.First.artist, pair.Second.Item1);
            Assert.Equal(pair.First.Item2, pair.Second.Item2, 1e-6f);
        });
    }

    private sealed class Clip
    {
        public string Mood { get; set; } = "";

        public float[] Mel { get; set; } = [];

        [VectorType(Toy.FeatureCount)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class Counted
    {
        public float Times { get; set; }
    }
}
