using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Dsp;
using SongMood.Transforms.Tests.Dsp.Descriptors;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>The components as a notebook would chain them, against librosa's numbers (the data folder's golden/).</summary>
public class LibrosaTests
{
    private readonly MLContext _ml = new();

    [Theory]
    [InlineData("noise")]
    [InlineData("chord")]
    [InlineData("tune120")]
    public void Mfcc(string signal)
    {
        var expected = GoldenDescriptors.Descriptor("mfcc20", signal);
        var pipeline = _ml.Transforms.MelSpectrogram("In").Append(_ml.Transforms.PowerToDecibels("In")).Append(_ml.Transforms.Mfcc("In"));
        var actual = Assert.Single(pipeline.Run(_ml.Vectors([0], GoldenDescriptors.Signal(signal))));
        var worst = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        TestContext.Current.TestOutputHelper?.WriteLine($"mfcc20 {signal}: largest difference {worst:G3} dB");
        Assert.Equal(expected.Length, actual.Length);
        // Twenty sums of 128 decibel values, each within 1e-3 dB.
        Assert.True(worst < 5e-3, $"{worst} dB");
    }

    [Fact]
    public void Mfcc_lifter_scales_coefficient_k_by_1_plus_half_the_lifter_times_a_sine()
    {
        var data = _ml.Vectors([6, 1], [-3, 1, 4, -1, 5, 9]);
        var plain = Assert.Single(_ml.Transforms.Mfcc("In", coefficientCount: 4).Run(data));
        var liftered = Assert.Single(_ml.Transforms.Mfcc("In", null, new MfccOptions { CoefficientCount = 4, Lifter = 22 }).Run(data));
        for (var k = 0; k < 4; k++)
            Assert.Equal(plain[k] * (1 + 11 * Math.Sin(Math.PI * (k + 1) / 22)), liftered[k], 1e-4);
    }

    [Fact]
    public void Spectrogram_in_amplitude_decibels_is_the_mel_free_twin_of_power_decibels()
    {
        var data = _ml.Vectors([0], [.. Enumerable.Range(0, 6000).Select(i => MathF.Sin(i * 0.1f))]);
        var power = _ml.Transforms.Spectrogram("In").Append(_ml.Transforms.PowerToDecibels("In", referenceIsMax: true)).Run(data);
        var amplitude = _ml.Transforms.Spectrogram("In", power: 1)
            .Append(_ml.Transforms.AmplitudeToDecibels("In", referenceIsMax: true)).Run(data);
        Assert.Equal(1025 * (1 + 6000 / 512), power[0].Length);
        Assert.True(power[0].Zip(amplitude[0]).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3));
        Assert.Equal(0, power[0].Max(), 1e-5);
        Assert.Equal(-80, power[0].Min(), 1e-4);
    }

    [Fact]
    public void A_component_computes_what_its_kernel_does()
    {
        var signal = Enumerable.Range(0, 9000).Select(i => MathF.Sin(i * i * 1e-5f)).ToArray();
        var options = new MelSpectrogramOptions
        {
            SampleRate = 16000,
            FftLength = 800,
            HopLength = 160,
            BandCount = 40,
            MinHz = 50,
            MelNorm = MelNorm.None,
        };
        var kernel = new MelSpectrogram(options);
        var expected = new float[kernel.BandCount * kernel.FrameCount(signal.Length)];
        kernel.Compute(signal, expected);
        Assert.Equal([expected], _ml.Transforms.MelSpectrogram("In", null, options).Run(_ml.Vectors([0], signal)));
        Decibels.FromPower(expected, expected, new DecibelOptions { Reference = 0.5, AMin = 1e-6, TopDb = null });
        Assert.Equal([expected], _ml.Transforms.MelSpectrogram("In", null, options)
            .Append(_ml.Transforms.PowerToDecibels("In", null, new DecibelOptions { Reference = 0.5, AMin = 1e-6, TopDb = null }))
                .Run(_ml.Vectors([0], signal)));
        Assert.Equal([Resampler.Resample(signal, 16000, 11025)], _ml.Transforms.ResampleAudio("In", null,
            new ResampleAudioOptions { FromSampleRate = 16000, SampleRate = 11025 }).Run(_ml.Vectors([0], signal)));
    }
}
