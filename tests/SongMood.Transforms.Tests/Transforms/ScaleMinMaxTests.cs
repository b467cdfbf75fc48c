using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

public class ScaleMinMaxTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Each_band_is_scaled_by_its_own_extremes_over_all_rows_and_frames()
    {
        // (2 bands, 3 frames) a row; band 0 spans 0..10 over both rows, band 1 spans -8..-4.
        var data = _ml.Vectors([2, 3], [0, 5, 2, -4, -6, -8], [10, 1, 3, -5, -5, -7]);
        Assert.Equal([[0, 0.5f, 0.2f, 1, 0.5f, 0], [1, 0.1f, 0.3f, 0.75f, 0.75f, 0.25f]],
            _ml.Transforms.ScaleMinMax("In").Run(data), Close);
        Assert.Equal([[-1, 0, -0.6f, 1, 0, -1], [1, -0.8f, -0.4f, 0.5f, 0.5f, -0.5f]],
            _ml.Transforms.ScaleMinMax("In", lower: -1).Run(data), Close);
        var fitted = _ml.Transforms.ScaleMinMax("In").Fit(data);
        Assert.Equal([0, -8], fitted.Minimum);
        Assert.Equal([10, -4], fitted.Maximum);
    }

    [Fact]
    public void Overall_takes_one_minimum_and_maximum()
    {
        var data = _ml.Vectors([2, 2], [0, 1, 2, 3], [4, 5, 6, 8]);
        Assert.Equal([[0, 0.125f, 0.25f, 0.375f], [0.5f, 0.625f, 0.75f, 1]],
            _ml.Transforms.ScaleMinMax("In", scope: MinMaxScope.Overall).Run(data), Close);
    }

    [Fact]
    public void Slots_of_a_plain_vector_are_scaled_each_on_its_own()
    {
        var data = _ml.Vectors([3], [0, 10, 5], [1, 30, 5], [0.5f, 20, 5]);
        // The last slot is constant: it goes to the lower end, as in scikit-learn.
        Assert.Equal([[0, 0, 0], [1, 1, 0], [0.5f, 0.5f, 0]], _ml.Transforms.ScaleMinMax("In").Run(data), Close);
    }

    [Fact]
    public void New_values_go_beyond_the_range_unless_clipped()
    {
        var fitOn = _ml.Vectors([1, 2], [0, 10]);
        var later = _ml.Vectors([1, 2], [-10, 20]);
        Assert.Equal([[-1, 2]], _ml.Transforms.ScaleMinMax("In").Fit(fitOn).Transform(later).Read(), Close);
        Assert.Equal([[0, 1]], _ml.Transforms.ScaleMinMax("In", clip: true).Fit(fitOn).Transform(later).Read(), Close);
    }

    [Fact]
    public void Fitting_refuses_what_is_not_finite_and_says_where()
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var data = _ml.Vectors([2, 2], [0, 1, 2, 3], [4, 5, 6, bad]);
            var message = Assert.Throws<RowException>(() => _ml.Transforms.ScaleMinMax("In").Fit(data)).Message;
            Assert.Contains(FormattableString.Invariant($"row 1, column 'In': band 1, frame 1 is {bad}"), message);
        }
    }

    [Fact]
    public void Fitting_on_many_rows_with_one_bad_ends_with_its_error()
    {
        // Far more rows than ML.NET's queues hold, and a fault at the start: the other cores must stop too.
        var rows = Enumerable.Range(0, 20_000).Select(i => new[] { i == 3 ? float.NaN : i, i }).ToArray();
        var data = _ml.Transforms.PowerToDecibels("In", topDb: null).Fit(_ml.Vectors([2, 1], rows)).Transform(_ml.Vectors([2, 1], rows));
        Assert.Contains("row 3,", Assert.Throws<RowException>(() => _ml.Transforms.ScaleMinMax("In").Fit(data)).Message);
        rows[3] = [5, 5];
        Assert.Equal([0, 19_999],
            Fitted(_ml.Transforms.LogCompress("Log", "In").Fit(_ml.Vectors([2, 1], rows)).Transform(_ml.Vectors([2, 1], rows))));

        float[] Fitted(IDataView view)
        {
            var fitted = _ml.Transforms.ScaleMinMax("In").Fit(view);
            return [fitted.Minimum[1], fitted.Maximum[1]];
        }
    }

    [Fact]
    public void Transforming_refuses_what_is_not_finite()
    {
        var transformer = _ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([2, 2], [0, 1, 2, 3]));
        var error = Thrown.By(() => transformer.Transform(_ml.Vectors([2, 2], [0, 1, 2, float.NaN])).Read());
        Assert.Contains("ScaleMinMax: row 0, column 'In'", error.Message);
        Assert.Contains("NaN", error.Message);
    }

    [Fact]
    public void Fitting_needs_rows()
    {
        var message = Assert.Throws<ArgumentException>(() => _ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([2, 2]))).Message;
        Assert.Contains("'In' is without rows", message);
    }

    [Fact]
    public void Another_number_of_bands_is_refused()
    {
        var transformer = _ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([2, 2], [0, 1, 2, 3]));
        var message = Assert.Throws<ArgumentException>(() => transformer.Transform(_ml.Vectors([4, 2], [0, 1, 2, 3, 4, 5, 6, 7]))).Message;
        Assert.Contains("'In' is a vector of Single (4 x 2); expected 2 bands", message);
    }

    [Fact]
    public void A_waveform_has_no_bands() =>
        Assert.Contains("Overall",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([0], [1, 2]))).Message);

    [Fact]
    public void The_narrowest_and_the_widest_bands_never_become_NaN()
    {
        // 1 / 1e-42 is infinite: such a band counts as constant.
        Assert.Equal([[0], [0]], _ml.Transforms.ScaleMinMax("In").Run(_ml.Vectors([1], [0], [1e-42f])), Close);
        Assert.Equal([[0], [1]], _ml.Transforms.ScaleMinMax("In").Run(_ml.Vectors([1], [1e-37f], [2e-37f])), Close);
        var message =
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([1], [-3e38f], [3e38f]))).Message;
        Assert.Contains("'In' is from -3E+38 to 3E+38 in band 0", message);
        message = Assert.Throws<ArgumentException>(() => _ml.Transforms.ScaleMinMax("In", lower: -3e38f, upper: 3e38f)).Message;
        Assert.Contains("Upper - Lower", message);
    }

    [Fact]
    public void Scaled_columns_are_marked_as_normalized() =>
        Assert.True(_ml.Transforms.ScaleMinMax("In").Fit(_ml.Vectors([2], [0, 1])).GetOutputSchema(_ml.Vectors([2], [0, 1]).Schema)["In"]
            .IsNormalized());

    [Fact]
    public void Any_rows_land_in_the_range_and_reach_both_ends() =>
        Gen.Float[-1e6f, 1e6f].Array[6].Array[1, 20].Sample(rows =>
        {
            var scaled = _ml.Transforms.ScaleMinMax("In").Run(_ml.Vectors([2, 3], rows));
            for (var band = 0; band < 2; band++)
            {
                var before = rows.SelectMany(row => row[(3 * band)..(3 * band + 3)]).ToArray();
                var after = scaled.SelectMany(row => row[(3 * band)..(3 * band + 3)]).ToArray();
                double min = before.Min(), range = before.Max() - min;
                for (var i = 0; i < before.Length; i++)
                    Assert.Equal(range > 0 ? (before[i] - min) / range : 0, after[i], 1e-6);
            }
        }, iter: 50);

    private static bool Close(float[] a, float[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6f);
}
