using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>Rows that ML.NET allows and that are easily forgotten: sparse, empty, of the wrong length, of another number type.</summary>
public class OddRowsTests
{
    private readonly MLContext _ml = new();

    [Fact]
    public void Sparse_rows_count_their_zeros()
    {
        float[] dense = [0, 0, 3, 0, 0, 0, 0, 8, 0, 0];
        var sparse = _ml.Data.LoadFromEnumerable([new SparseRow { In = new VBuffer<float>(10, 2, [3, 8], [2, 7]) }]);
        var pipeline = _ml.Transforms.PoolFrames("Pool", "In", 2).Append(_ml.Transforms.ScaleMinMax("Scaled", "In"));
        var expected = pipeline.Fit(_ml.Vectors([2, 5], dense)).Transform(_ml.Vectors([2, 5], dense));
        var actual = pipeline.Fit(sparse).Transform(sparse);
        Assert.Equal(expected.Read("Pool"), actual.Read("Pool"));
        Assert.Equal(expected.Read("Scaled"), actual.Read("Scaled"));
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 1, 0, 0], Assert.Single(actual.Read("Scaled")));
    }

    [Fact]
    public void A_row_that_is_no_whole_number_of_frames_is_refused()
    {
        var data = _ml.Vectors([2, 0], [1, 2, 3, 4], [1, 2, 3, 4, 5]);
        foreach (var estimator in new IEstimator<ITransformer>[] { _ml.Transforms.PoolFrames("In"), _ml.Transforms.FixLength("In"),
            _ml.Transforms.Mfcc("In", coefficientCount: 2) })
        {
            var message = Thrown.By(() => estimator.Run(data)).Message;
            Assert.Contains("row 1, column 'In': 5 values are no whole number of frames of 2 bands each", message);
        }
        Assert.Contains("row 1, column 'In'", Assert.Throws<RowException>(() => _ml.Transforms.ScaleMinMax("In").Fit(data)).Message);
    }

    [Fact]
    public void Errors_name_the_row_of_the_source_whatever_came_between()
    {
        var data = _ml.Vectors([1], [1], [2], [3], [-4], [5], [6]);
        var shuffled = _ml.Data.ShuffleRows(_ml.Data.SkipRows(data, 2), seed: 1);
        Assert.Contains("row 3, column 'In': the smallest value is -4",
            Thrown.By(() => _ml.Transforms.LogCompress("In").Run(shuffled)).Message);
        var cached = _ml.Data.Cache(_ml.Transforms.LogCompress("In").Fit(data).Transform(data));
        Assert.Contains("row 3, column 'In'", Assert.ThrowsAny<Exception>(() => cached.Read()).ToString());
    }

    [Fact]
    public void An_empty_waveform_is_one_frame_of_silence_or_refused()
    {
        var data = _ml.Vectors([0], [0.5f], []);
        Assert.Equal(new float[128], _ml.Transforms.MelSpectrogram("In").Run(data)[1]);
        Assert.Contains("row 1, column 'In': the row is empty", Thrown.By(() => _ml.Transforms.FixLength("In").Run(data)).Message);
        var uncentred = _ml.Transforms.MelSpectrogram("In", null, new MelSpectrogramOptions { Center = false });
        Assert.Contains("row 0, column 'In'", Thrown.By(() => uncentred.Run(data)).Message);
    }

    [Fact]
    public void A_sample_that_is_not_a_number_is_refused()
    {
        var data = _ml.Vectors([0], [0, 1, float.NaN]);
        foreach (var estimator in new IEstimator<ITransformer>[]
        {
            _ml.Transforms.MelSpectrogram("In"),
            _ml.Transforms.Spectrogram("In"),
            _ml.Transforms.PowerToDecibels("In"),
            _ml.Transforms.ResampleAudio("In", null, new ResampleAudioOptions { FromSampleRate = 8000 }),
        })
            Assert.Contains("row 0, column 'In'", Thrown.By(() => estimator.Run(data)).Message);
    }

    [Fact]
    public void Doubles_are_no_singles()
    {
        var data = _ml.Data.LoadFromEnumerable([new DoubleRow { In = [1, 2] }]);
        Assert.Contains("'In' is of type Vector<Double",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.MelSpectrogram("In").Fit(data)).Message);
        Assert.Contains("'In' is of type Vector<Double",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ScaleMinMax("In").Fit(data)).Message);
        Assert.Contains("paths (text)", Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadAudio("In").Fit(data)).Message);
    }

    [Fact]
    public void A_spectrogram_is_no_waveform_and_a_waveform_no_spectrogram()
    {
        var spectrogram = _ml.Vectors([2, 2], [1, 2, 3, 4]);
        var waveform = _ml.Vectors([0], [1, 2]);
        Assert.Contains("(2 x 2); expected a waveform",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.MelSpectrogram("In").Fit(spectrogram)).Message);
        Assert.Contains("(2 x 2); expected a waveform",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.ResampleAudio("In").Fit(spectrogram)).Message);
        Assert.Contains("(?); expected a spectrogram",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.PoolFrames("In").Fit(waveform)).Message);
        Assert.Contains("(?); expected a mel spectrogram",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.Mfcc("In").Fit(waveform)).Message);
    }

    public sealed class SparseRow
    {
        [VectorType(2, 5)]
        public VBuffer<float> In { get; set; }
    }

    public sealed class DoubleRow
    {
        [VectorType(2)]
        public double[] In { get; set; } = [];
    }
}
