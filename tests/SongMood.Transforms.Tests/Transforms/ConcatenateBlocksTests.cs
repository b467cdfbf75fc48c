using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

public class ConcatenateBlocksTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Slots_are_standardised_and_each_block_is_divided_by_the_root_of_its_width()
    {
        var data = Data(([1, 10], [5, 0, -1, 7]), ([3, 30], [5, 4, 1, 7]));
        var blocks = _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(data);
        Assert.Equal(["A", "B"], blocks.BlockColumnNames);
        Assert.Equal([2, 20, 5, 2, 0, 7], blocks.Mean);
        Assert.Equal([1, 10, 0, 2, 1, 0], blocks.Deviation);
        var a = 1 / MathF.Sqrt(2);
        // The constant slots of B are 0; the others are one deviation away, over the root of 4.
        Assert.Equal([[-a, -a, 0, -0.5f, -0.5f, 0], [a, a, 0, 0.5f, 0.5f, 0]], blocks.Transform(data).Read("Out"), Close);
        // New rows are measured by what was learned; the constant slot's distance counts as it is.
        Assert.Equal([[0, a, 0.5f, 0, 1, 0]], blocks.Transform(Data(([2, 30], [6, 2, 2, 7]))).Read("Out"), Close);
    }

    [Fact]
    public void Slots_that_share_a_deviation_keep_their_proportions()
    {
        var data = Data(([1, 10], [5, 0, -1, 7]), ([3, 24], [5, 4, 1, 7]));
        var blocks = _ml.Transforms.ConcatenateBlocks("Out", new ConcatenateBlocksOptions { ShareDeviation = true }, "A", "B").Fit(data);
        Assert.Equal([2, 17, 5, 2, 0, 7], blocks.Mean);
        var (a, b) = (5f, MathF.Sqrt(5) / 2); // the roots of (1 + 49) / 2 and of (0 + 4 + 1 + 0) / 4
        Assert.Equal([a, a, b, b, b, b], blocks.Deviation);
        var (aUnit, bUnit) = (1 / (a * MathF.Sqrt(2)), 1 / (b * 2));
        Assert.Equal([[-aUnit, -7 * aUnit, 0, -2 * bUnit, -bUnit, 0], [aUnit, 7 * aUnit, 0, 2 * bUnit, bUnit, 0]],
            blocks.Transform(data).Read("Out"), Close);
    }

    [Fact]
    public void The_squares_of_each_block_add_up_to_1_on_average() =>
        Gen.Select(Gen.Float[-1e3f, 1e3f].Array[2], Gen.Float[-1e-3f, 1e-3f].Array[4]).Array[10, 30].Sample(rows =>
        {
            var data = Data([.. rows.Select(row => (row.Item1, row.Item2))]);
            var read = _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(data).Transform(data).Read("Out");
            Assert.Equal(1, read.Average(row => row[..2].Sum(value => value * (double)value)), 1e-4);
            Assert.Equal(1, read.Average(row => row[2..].Sum(value => value * (double)value)), 1e-4);
        }, iter: 20);

    [Fact]
    public void A_small_deviation_beside_a_large_mean_is_found()
    {
        // Sums of squares in double precision would be off by 1e10 / 2^53 x 1e10: more than the deviation.
        var data = _ml.Vectors([1], [.. Enumerable.Range(0, 1000).Select(i => new[] { 1e8f + 8 * (i % 2) })]);
        var blocks = _ml.Transforms.ConcatenateBlocks("In", "In").Fit(data);
        Assert.Equal(4, blocks.Deviation.Single(), 1e-6);
    }

    [Fact]
    public void The_narrowest_slots_never_become_infinite()
    {
        var data = _ml.Vectors([1], [0], [1e-42f]);
        Assert.All(_ml.Transforms.ConcatenateBlocks("In", "In").Run(data), row => Assert.Equal(0, row[0], 1e-6));
    }

    [Fact]
    public void Slots_are_called_by_their_column_and_their_name()
    {
        var data = _ml.Transforms.Concatenate("A", "A").Append(_ml.Transforms.ConcatenateBlocks("Named", "B"))
            .Fit(Data(([1, 10], [5, 0, -1, 7]))).Transform(Data(([1, 10], [5, 0, -1, 7])));
        Assert.False(data.Schema["A"].HasSlotNames());
        var output = _ml.Transforms.ConcatenateBlocks("Out", "A", "Named").Fit(data).GetOutputSchema(data.Schema)["Out"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        output.GetSlotNames(ref names);
        Assert.Equal(["A.0", "A.1", "Named.B.0", "Named.B.1", "Named.B.2", "Named.B.3"], names.DenseValues().Select(name => $"{name}"));
        Assert.True(output.IsNormalized());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_not_finite_are_refused_and_it_says_where(float bad)
    {
        var good = Data(([1, 10], [5, 0, -1, 7]), ([3, 30], [5, 4, 1, 7]));
        var faulty = Data(([1, 10], [5, 0, -1, 7]), ([3, 30], [5, 4, bad, 7]));
        var expected = $"row 1, column 'B': slot 2 is {bad}";
        Assert.Contains(expected,
            Assert.Throws<RowException>(() => _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(faulty)).Message);
        var blocks = _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(good);
        Assert.Contains(expected, Thrown.By(() => blocks.Transform(faulty).Read("Out")).Message);
    }

    [Fact]
    public void A_value_that_becomes_infinite_is_refused()
    {
        var blocks = _ml.Transforms.ConcatenateBlocks("In", "In").Fit(_ml.Vectors([1], [0], [1e-20f]));
        var error = Thrown.By(() => blocks.Transform(_ml.Vectors([1], [1e30f])).Read());
        Assert.Contains("slot 0 is 1E+30, too far from what it was when fitting", error.Message);
    }

    [Fact]
    public void Fitting_needs_rows_blocks_and_names()
    {
        Assert.Contains("'A' is without rows",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(Data())).Message);
        Assert.Contains("there is no block", Assert.Throws<ArgumentException>(() => _ml.Transforms.ConcatenateBlocks("Out")).Message);
        Assert.Contains("'A' is named twice",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ConcatenateBlocks("Out", "A", "B", "A")).Message);
    }

    [Fact]
    public void Another_width_and_a_width_that_varies_are_refused()
    {
        var blocks = _ml.Transforms.ConcatenateBlocks("In", "In").Fit(_ml.Vectors([2], [1, 2]));
        Assert.Contains("'In' is a vector of Single (3); expected a vector of Single of the 2 values",
            Assert.Throws<ArgumentException>(() => blocks.Transform(_ml.Vectors([3], [1, 2, 3]))).Message);
        Assert.Contains("'In' is a vector of Single (?)",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ConcatenateBlocks("In", "In").Fit(_ml.Vectors([0], [1]))).Message);
    }

    [Fact]
    public void A_row_of_another_size_than_its_column_says_is_refused()
    {
        // ML.NET takes an array of any length for a property that has a size.
        var good = Data(([1, 10], [5, 0, -1, 7]));
        foreach (var wrong in new[] { new float[3], new float[5] })
        {
            var faulty = Data(([1, 10], [5, 0, -1, 7]), ([1, 10], wrong));
            var expected = $"row 1, column 'B': the row has {wrong.Length} values, but its column says 4";
            Assert.Contains(expected,
                Assert.Throws<RowException>(() => _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(faulty)).Message);
            var blocks = _ml.Transforms.ConcatenateBlocks("Out", "A", "B").Fit(good);
            Assert.Contains(expected, Thrown.By(() => blocks.Transform(faulty).Read("Out")).Message);
        }
    }

    [Fact]
    public void A_linear_model_behind_it_learns_from_a_block_in_a_thousandth_of_the_others_units_and_is_saved()
    {
        var random = new Random(1);
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row
        {
            A = [random.NextSingle() * 1000, random.NextSingle() * 1000],
            B = [0, 0, 0, (i % 3 + 0.1f * random.NextSingle()) / 1000],
            Mood = $"mood {i % 3}",
        }).ToArray());
        var model = _ml.Transforms.ConcatenateBlocks("Features", "A", "B")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Mood"))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.01f)).Fit(data);
        var scored = model.Transform(data);
        Assert.Equal(1, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        Assert.Equal(scored.Read("Score"), new MLContext().Model.Load(file, out _).Transform(data).Read("Score"));
    }

    /// <summary>
    /// scikit-learn's LogisticRegression(C) minimises half of the squared weights + C times the losses, added up. That is ML.NET's L2 of
    /// 1/C: where it ends, L2 times the weights balances the losses' gradient, added up, and nothing holds the bias.
    /// </summary>
    [Fact]
    public void L2_is_one_over_scikit_learns_C()
    {
        const float C = 3;
        var random = new Random(1);
        var rows = Enumerable.Range(0, 90).Select(i => new Row
        {
            A = [random.NextSingle() + i % 3, random.NextSingle() - i % 2],
            Mood = $"mood {i % 3}",
        }).ToArray();
        var data = _ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(_ml.Data.LoadFromEnumerable(rows))
            .Transform(_ml.Data.LoadFromEnumerable(rows));
        var model = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "A", l1Regularization: 0, l2Regularization: 1 / C,
            optimizationTolerance: 1e-9f).Fit(data);
        VBuffer<float>[] weights = [];
        model.Model.GetWeights(ref weights, out var classCount);
        var scores = model.Transform(data).Read("Score");
        Assert.Equal((3, 90), (classCount, scores.Length));
        Assert.True(weights.Max(weight => weight.DenseValues().Max(Math.Abs)) > 0.5); // else a balance would say nothing
        for (var c = 0; c < classCount; c++)
        {
            var errors = rows.Index().Select(row => scores[row.Index][c] - (row.Index % 3 == c ? 1 : 0)).ToArray();
            Assert.Equal(0, errors.Sum(), 1e-2);
            for (var slot = 0; slot < 2; slot++)
            {
                var weight = weights[c].GetItemOrDefault(slot);
                Assert.Equal(-weight / C, rows.Zip(errors, (row, error) => error * row.A[slot]).Sum(), 1e-2);
            }
        }
    }

    private IDataView Data(params (float[] A, float[] B)[] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { A = row.A, B = row.B }));

    private static bool Close(float[] a, float[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6f);

    private sealed class Row
    {
        [VectorType(2)]
        public float[] A { get; set; } = [];

        [VectorType(4)]
        public float[] B { get; set; } = [];

        public string Mood { get; set; } = "";
    }
}
