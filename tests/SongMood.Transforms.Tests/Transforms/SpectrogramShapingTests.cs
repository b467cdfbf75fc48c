using Microsoft.ML;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>FixLength, PoolFrames and LogCompress on numbers that can be checked by eye.</summary>
public class SpectrogramShapingTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData(CropPart.Start, new float[] { 1, 2, 6, 7 })]
    [InlineData(CropPart.Middle, new float[] { 2, 3, 7, 8 })]
    [InlineData(CropPart.End, new float[] { 4, 5, 9, 10 })]
    public void FixLength_crops(CropPart keep, float[] expected) =>
        Assert.Equal([expected], _ml.Transforms.FixLength("In", null, new FixLengthOptions { Count = 2, Keep = keep })
            .Run(_ml.Vectors([2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])));

    [Fact]
    public void FixLength_pads_a_spectrogram_with_its_smallest_value()
    {
        // In decibels 0 would be the loudest; the smallest value is silence in any unit.
        Assert.Equal([[-1, -80, -80, -80, -3, -80]], _ml.Transforms.FixLength("In", count: 3).Run(_ml.Vectors([2, 2], [-1, -80, -80, -3]))
            .Select(row => new[] { row[0], row[1], row[2], row[3], row[4], row[5] }));
        Assert.Equal([[-1, 9, 9, -3, 9, 9]],
            _ml.Transforms.FixLength("In", null, new FixLengthOptions { Count = 3, PadValue = 9 }).Run(_ml.Vectors([2, 1], [-1, -3])));
    }

    [Fact]
    public void FixLength_pads_a_waveform_with_zeros() =>
        Assert.Equal([[-1, 0.5f, 0, 0], [1, 2, 3, 4]],
            _ml.Transforms.FixLength("In", count: 4).Run(_ml.Vectors([0], [-1, 0.5f], [1, 2, 3, 4, 5])));

    [Fact]
    public void FixLength_in_seconds_gives_the_frames_of_a_waveform_of_that_length()
    {
        var data = _ml.Vectors([0], new float[50_000]);
        // 30 s at 22,050 Hz, hop 512: 1 + floor(661,500 / 512) = 1292 frames.
        var frames = _ml.Transforms.MelSpectrogram("In")
            .Append(_ml.Transforms.FixLength("In", null, new FixLengthOptions { Seconds = 30 })).Run(data);
        Assert.Equal(128 * 1292, Assert.Single(frames).Length);
        var samples = _ml.Transforms.ResampleAudio("In", null, new ResampleAudioOptions { FromSampleRate = 22050, SampleRate = 16000 })
            .Append(_ml.Transforms.FixLength("In", null, new FixLengthOptions { Seconds = 1.5 })).Run(data);
        Assert.Equal(24_000, Assert.Single(samples).Length);
    }

    [Fact]
    public void FixLength_in_seconds_needs_a_sample_rate()
    {
        var message = Assert.Throws<ArgumentException>(() =>
            _ml.Transforms.FixLength("In", null, new FixLengthOptions { Seconds = 1 }).Fit(_ml.Vectors([0], [1]))).Message;
        Assert.Contains("'In' is without a known sample rate", message);
    }

    [Fact]
    public void FixLength_refuses_what_a_row_cannot_hold_and_other_shapes()
    {
        Refused(_ml.Transforms.FixLength("In", count: 1 << 28), _ml.Vectors([2, 1], [1, 2]),
            "FixLength: column 'In' would have 2 x 268435456");
        var rated = _ml.Transforms.MelSpectrogram("In", hopLength: 1).Fit(_ml.Vectors([0], [1])).Transform(_ml.Vectors([0], [1]));
        Refused(_ml.Transforms.FixLength("In", null, new FixLengthOptions { Seconds = 1e5 }), rated, "fewer Seconds");
        Refused(_ml.Transforms.FixLength("In"), _ml.Vectors([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]), "'In' is a vector of Single (2 x 2 x 2)");
    }

    [Fact]
    public void Waveforms_known_to_be_too_short_for_a_frame_are_refused_when_fitting()
    {
        var data = _ml.Vectors([100], new float[100]);
        Refused(_ml.Transforms.MelSpectrogram("In", null, new SongMood.Dsp.MelSpectrogramOptions { Center = false }), data,
            "MelSpectrogram: column 'In' is a waveform of 100 samples; expected at least the 2048");
        Refused(_ml.Transforms.Spectrogram("In", null, new SongMood.Dsp.SpectrogramOptions { Center = false }), data,
            "Spectrogram: column 'In'");
    }

    [Fact]
    public void PoolFrames_takes_any_size_of_group()
    {
        Assert.Equal([[2, 5]], _ml.Transforms.PoolFrames("In", poolSize: int.MaxValue).Run(_ml.Vectors([2, 3], [1, 2, 3, 4, 5, 6])));
        var mel = _ml.Transforms.MelSpectrogram("In").Fit(_ml.Vectors([0], [1])).Transform(_ml.Vectors([0], [1]));
        Refused(_ml.Transforms.PoolFrames("In", poolSize: int.MaxValue), mel, "'In' is of hop length 512");
    }

    private static void Refused(IEstimator<ITransformer> estimator, IDataView data, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => estimator.Fit(data)).Message);

    [Fact]
    public void PoolFrames_pools_every_group_the_last_shorter_one_too()
    {
        var data = _ml.Vectors([2, 5], [1, 2, 3, 4, 5, 10, 30, 20, 20, 7]);
        Assert.Equal([[1.5f, 3.5f, 5, 20, 20, 7]], _ml.Transforms.PoolFrames("In", poolSize: 2).Run(data));
        Assert.Equal([[2, 4, 5, 30, 20, 7]], _ml.Transforms.PoolFrames("In", poolSize: 2, kind: PoolKind.Max).Run(data));
        Assert.Equal([[3, 17.4f]], _ml.Transforms.PoolFrames("In", poolSize: 99).Run(data));
    }

    [Fact]
    public void Pooled_frames_are_that_much_further_apart()
    {
        var data = _ml.Vectors([0], new float[5000]);
        var pooled = _ml.Transforms.MelSpectrogram("In").Append(_ml.Transforms.PoolFrames("In", poolSize: 3)).Fit(data).Transform(data);
        var hop = 0;
        pooled.Schema["In"].Annotations.GetValue(ColumnAnnotations.HopLength, ref hop);
        Assert.Equal(3 * 512, hop);
    }

    [Fact]
    public void LogCompress_is_log10_of_one_plus_c_x()
    {
        Assert.Equal([[0, 1, 4]], _ml.Transforms.LogCompress("In").Run(_ml.Vectors([3], [0, 9e-4f, 0.9999f]))
            .Select(row => row.Select(value => MathF.Round(value, 5)).ToArray()));
        // ln(0.001 + x), as TensorFlow's taggers have it
        var natural = new SongMood.Transforms.LogCompressOptions { Factor = 1, Offset = 0.001f, Base = Math.E };
        var values = new[] { 0, 1e-6f, 0.5f, 1, 300 };
        Assert.All(_ml.Transforms.LogCompress("In", null, natural).Run(_ml.Vectors([5], values))[0].Zip(values),
            pair => Assert.Equal(Math.Log(0.001 + pair.Second), pair.First, 2e-6));
        var error = Thrown.By(() => _ml.Transforms.LogCompress("In").Run(_ml.Vectors([2], [0, -3])));
        Assert.Contains("LogCompress: row 0, column 'In': the smallest value is -3", error.Message);
        Assert.Contains("NaN", Thrown.By(() => _ml.Transforms.LogCompress("In").Run(_ml.Vectors([2], [0, float.NaN]))).Message);
    }
}
