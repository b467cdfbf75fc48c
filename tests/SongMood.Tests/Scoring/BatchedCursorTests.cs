using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests.Scoring;

/// <summary>Scoring ahead of the reader must not show: columns, ids and order are the source's.</summary>
[Collection(nameof(Torch))]
public class BatchedCursorTests
{
    private const int Rows = 2500; // more than two batches

    private readonly MLContext _ml = new(1);

    private (IDataView Source, NetworkPredictionTransformer Model) Make(int rows = Rows)
    {
        var songs = Toy.Songs(rows);
        for (var i = 0; i < rows; i++)
            songs[i].Artist = $"artist of song {i}";
        var view = Toy.View(_ml, songs);
        var source = _ml.Data.Cache(_ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(view).Transform(view));
        return (source, _ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { HiddenSizes = [8], Epochs = 1 }).Fit(source));
    }

    [Fact]
    public void Other_columns_stay_with_their_rows()
    {
        var (source, model) = Make();
        var scored = model.Transform(source);
        Assert.Equal(source.GetColumn<string>("Artist"), scored.GetColumn<string>("Artist"));
        Assert.Equal(source.GetColumn<float[]>("Features"), scored.GetColumn<float[]>("Features"));
        // text, vector and score of one cursor, and a score computed from that very vector
        using var run = new NetworkRun(model.Model.Network);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getArtist = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Artist"]);
        var getFeatures = cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
        var getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var (artist, features, score, row) = (default(ReadOnlyMemory<char>), default(VBuffer<float>), default(VBuffer<float>), 0);
        for (; cursor.MoveNext(); row++)
        {
            getScore(ref score);
            getArtist(ref artist);
            getFeatures(ref features);
            Assert.Equal($"artist of song {row}", artist.ToString());
            Assert.Equal(row, cursor.Position);
            features.GetValues().CopyTo(run.Prepare(1, features.Length));
            run.Run();
            Assert.Equal(run.Probabilities(0)[0], score.GetValues()[0], 1e-6f);
        }
        Assert.Equal(Rows, row);
    }

    [Fact]
    public void Rows_keep_their_ids()
    {
        var (source, model) = Make();
        var scored = model.Transform(source);
        Assert.Equal(Ids(source.GetRowCursor([])), Ids(scored.GetRowCursor([scored.Schema["Score"]])));

        static List<DataViewRowId> Ids(DataViewRowCursor cursor)
        {
            using (cursor)
            {
                var ids = new List<DataViewRowId>();
                var get = cursor.GetIdGetter();
                while (cursor.MoveNext())
                {
                    DataViewRowId id = default;
                    get(ref id);
                    ids.Add(id);
                }
                return ids;
            }
        }
    }

    [Fact]
    public void Cursors_side_by_side_score_each_row_once()
    {
        var (source, model) = Make();
        var scored = model.Transform(source);
        var expected = scored.GetColumn<string>("Artist")
            .Zip(scored.GetColumn<float[]>("Score"), (artist, score) => (artist, score[0])).Order();
        var got = new ConcurrentBag<(string, float)>();
        Parallel.ForEach(scored.GetRowCursorSet([scored.Schema["Artist"], scored.Schema["Score"]], 4), cursor =>
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
            cursor.Dispose();
        });
        Assert.All(expected.Zip(got.Order()), pair =>
        {
            Assert.Equal(pair.First.artist, pair.Second.Item1);
            Assert.Equal(pair.First.Item2, pair.Second.Item2, 1e-6f);
        });
        Assert.Equal(Rows, got.Count);
    }

    [Fact]
    public void One_model_serves_many_threads()
    {
        var (source, model) = Make(64);
        var expected = Toy.Scores(model.Transform(source));
        var songs = Toy.Songs(64);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(source).Append(model);
        Parallel.For(0, 8, _ =>
        {
            using var engine = _ml.Model.CreatePredictionEngine<Toy.Song,
            Toy.Prediction>(pipeline, new PredictionEngineOptions { OwnsTransformer = false });
            for (var i = 0; i < songs.Length; i++)
                Assert.Equal(expected[i][1], engine.Predict(songs[i]).Score[1], 1e-6f);
        });
    }

    [Fact]
    public void Columns_that_were_not_asked_for_are_not_read()
    {
        var (source, model) = Make(8);
        var scored = model.Transform(source);
        using var cursor = scored.GetRowCursor([scored.Schema["Artist"]]);
        Assert.True(cursor.IsColumnActive(scored.Schema["Artist"]));
        Assert.False(cursor.IsColumnActive(scored.Schema["Score"]));
        Assert.Contains("'Score' was not asked for",
            Assert.Throws<ArgumentException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"])).Message);
        Assert.True(cursor.MoveNext());
    }

    [Fact]
    public void A_graph_that_is_none_is_refused() =>
        Assert.Contains("is no graph that SongMood writes",
            Assert.Throws<InvalidDataException>(() => new OnnxNetwork([1, 2, 3, 4])).Message);

    [Fact]
    public void A_graph_that_is_not_ours_is_refused()
    {
        var graph = new OnnxGraphBuilder("other");
        graph.Output(graph.Node("Relu", [graph.Input("x", "batch", 3)]), "batch", 3);
        Assert.Contains("is no graph that SongMood writes",
            Assert.Throws<InvalidDataException>(() => new OnnxNetwork(graph.Build())).Message);
    }

    [Theory]
    [InlineData(new float[] { }, -1)]
    [InlineData(new[] { 1, 0, -1, float.MaxValue, float.Epsilon }, -1)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, float.NaN, 0 }, 17)]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, float.PositiveInfinity, 0, 0, 0, 0, 0, 0 }, 11)]
    [InlineData(new[] { float.NegativeInfinity }, 0)]
    public void The_first_value_that_is_no_number(float[] values, int index) => Assert.Equal(index, Finite.FirstNot(values));
}
