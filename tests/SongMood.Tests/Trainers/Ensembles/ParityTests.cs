using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers.Ensembles;

/// <summary>The merged graph against the same arithmetic done by hand on what the members give alone.</summary>
[Collection(nameof(Torch))]
public class ParityTests
{
    private const float Tolerance = 1e-6f;

    private readonly MLContext _ml = new(1);
    private readonly IDataView _data;
    private readonly ITransformer[] _members;
    private readonly float[][][] _scores; // of each member, row and class

    public ParityTests()
    {
        _data = Witnesses.View(_ml, seed: 1, count: 200);
        _members =
            [.. Witnesses.Columns.Select(column => _ml.MulticlassClassification.Trainers.Mlp(TwoViews.Options(column, epochs: 8))
            .Fit(_data))];
        _scores = [.. _members.Select(member => Toy.Scores(member.Transform(_data)))];
    }

    [Fact]
    public void Average() => AssertEqual(row => Weighted(row, 1f / 3, 1f / 3, 1f / 3), Fit(new() { Combiner = EnsembleCombiner.Average }));

    [Fact]
    public void Given_weights_count_by_their_proportions() => AssertEqual(
        row => Weighted(row, 0.2f, 0, 0.8f), Fit(new() { Combiner = EnsembleCombiner.WeightedAverage, Weights = [0.5f, 0, 2] }));

    [Fact]
    public void Vote_with_ties_that_the_mean_breaks()
    {
        var ties = 0;
        AssertEqual(row =>
        {
            var votes = new float[4];
            for (var m = 0; m < 3; m++)
                votes[Array.IndexOf(_scores[m][row], _scores[m][row].Max())]++;
            ties += votes.Max() == 1 ? 1 : 0; // three for three classes
            return [.. votes.Zip(Weighted(row, 1f / 3, 1f / 3, 1f / 3), (count, mean) => (count + mean) / 4)];
        }, Fit(new() { Combiner = EnsembleCombiner.Vote }));
        Assert.InRange(ties, 5, 100);
    }

    [Fact]
    public void A_head_on_outputs_is_a_linear_network_on_the_logarithms_of_the_probabilities() => CheckHead(EnsembleCombiner.HeadOnOutputs,
        row => [.. _scores.SelectMany(scores => scores[row].Select(probability => MathF.Log(MathF.Max(probability, 1e-7f))))]);

    [Fact]
    public void A_head_on_embeddings_is_a_linear_network_on_the_members_last_activations()
    {
        var features = _data.GetColumn<float[]>("First")
            .Zip(_data.GetColumn<float[]>("Second"), _data.GetColumn<float[]>("Third")).ToArray();
        var runs = _members.Select(member => new NetworkRun(((NetworkPredictionTransformer)member).Model.Network) { WithEmbedding = true })
            .ToArray();
        CheckHead(EnsembleCombiner.HeadOnEmbeddings, row =>
        [
            .. Embedding(runs[0], features[row].First), .. Embedding(runs[1], features[row].Second),
            .. Embedding(runs[2], features[row].Third),
        ]);
        Array.ForEach(runs, run => run.Dispose());

        static float[] Embedding(NetworkRun run, float[] features)
        {
            features.CopyTo(run.Prepare(1, features.Length));
            run.Run();
            return run.Embedding(0).ToArray();
        }
    }

    [Fact]
    public void Fitted_weights_are_those_that_a_grid_finds()
    {
        var keys = _data.GetColumn<uint>("Label").ToArray();
        var likelihoods = keys.Index().SelectMany(row => _scores.Select(scores => scores[row.Index][row.Item - 1])).ToArray();
        var fitted = MixtureWeights.Fit(likelihoods, 3);
        Assert.Equal(1, fitted.Sum(), Tolerance);
        var (best, lowest) = ((0f, 0f), double.MaxValue);
        for (var a = 0f; a <= 1; a += 0.02f)
            for (var b = 0f; a + b <= 1; b += 0.02f)
                if (Loss([a, b, 1 - a - b]) is var loss && loss < lowest)
                    (best, lowest) = ((a, b), loss);
        Assert.True(Loss(fitted) <= lowest + 1e-6, $"{Loss(fitted)} with {string.Join(", ", fitted)}; {lowest} with {best}");

        double Loss(float[] weights) => likelihoods.Chunk(3).Average(row => -Math.Log(row.Zip(weights, (p, w) => (double)p * w).Sum()));
    }

    private EnsemblePredictionTransformer Fit(EnsembleOptions options) =>
        _ml.MulticlassClassification.Trainers.Ensemble([.. _members.Select(EnsembleMember.Of)], options).Fit(_data);

    private float[] Weighted(int row, params float[] weights) =>
        [.. Enumerable.Range(0, 4).Select(c => _scores.Select((scores, m) => weights[m] * scores[row][c]).Sum())];

    /// <summary>Trains the head by hand on features made by hand.</summary>
    private void CheckHead(EnsembleCombiner combiner, Func<int, float[]> features)
    {
        var keys = _data.GetColumn<uint>("Label").ToArray();
        var rows = keys.Select((key, row) => new Row { Label = key - 1, Features = features(row) }).ToArray();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        var byHand = _ml.Data.LoadFromEnumerable(rows, schema);
        var head = new EnsembleOptions().Head with { Seed = 5, Epochs = 20 };
        var expected = Toy.Scores(_ml.MulticlassClassification.Trainers.Mlp(head).Fit(byHand).Transform(byHand));
        // A sum in another order moves a training step by a rounding error, and hundreds of steps add up.
        AssertEqual(row => expected[row], Fit(new() { Combiner = combiner, Head = head }), 1e-4f);
        // The arithmetic behind the trained head, without the training.
        var ensemble = Fit(new() { Combiner = combiner, Head = head });
        var weights = new OnnxWeights(ensemble.Model.OnnxGraph.ToArray());
        float[] Get(string name) => weights.TryGet($"head_{name}", out _, out var values) ? values : throw new InvalidDataException(name);
        var (mean, scale, weight, bias) = (Get("input_mean"), Get("input_scale"), Get("_output.weight"), Get("_output.bias"));
        AssertEqual(row =>
        {
            var x = rows[row].Features.Select((value, i) => (double)((value - mean[i]) * scale[i])).ToArray();
            var logits = bias.Select((b, c) => b + x.Select((value, i) => value * weight[c * x.Length + i]).Sum()).ToArray();
            var sum = logits.Sum(logit => Math.Exp(logit - logits.Max()));
            return [.. logits.Select(logit => (float)(Math.Exp(logit - logits.Max()) / sum))];
        }, ensemble);
    }

    private void AssertEqual(Func<int, float[]> expected, ITransformer ensemble, float tolerance = Tolerance)
    {
        var got = Toy.Scores(ensemble.Transform(_data));
        for (var row = 0; row < got.Length; row++)
            Close.Equal(expected(row), got[row], tolerance);
    }

    private sealed class Row
    {
        [KeyType(4)]
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
