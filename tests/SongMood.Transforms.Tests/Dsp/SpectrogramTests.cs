using CsCheck;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

public class SpectrogramTests
{
    /// <summary>What float64 sums of these lengths leave where the exact result is 0.</summary>
    private const double RoundingNoise = 1e-11;

    /// <summary>Options from all over their ranges, and a signal that they can be applied to.</summary>
    private static readonly Gen<(MelSpectrogramOptions Options, float[] Samples)> Case =
        from fftLength in Gen.Int[2, 150]
        from windowLength in Gen.Int[1, fftLength]
        from fullWindow in Gen.Bool
        from atStart in Gen.Bool
        from hop in Gen.Int[1, 200]
        from window in Gen.Enum<WindowKind>()
        from beta in Gen.Double[0, 20]
        from center in Gen.Bool
        from pad in Gen.Enum<PadMode>()
        from power in Gen.Int[1, 2]
        from bands in Gen.Int[1, 40]
        from rate in Gens.OneOf(8000, 16000, 22050, 44100, 48000)
        from low in Gen.Double[0, 0.3]
        from high in Gen.Double[0.35, 1.1]
        from fullBand in Gen.Bool
        from scale in Gen.Enum<MelScale>()
        from norm in Gen.Enum<MelNorm>()
        from sides in Gen.Enum<TriangleScale>()
        from length in Gen.Int[center ? 1 : fftLength, 600]
        from samples in Gen.Double[-1, 1].Select(v => (float)v).Array[length]
        select (new MelSpectrogramOptions
        {
            FftLength = fftLength,
            WindowLength = fullWindow ? null : windowLength,
            WindowAtStart = atStart,
            HopLength = hop,
            Window = window,
            KaiserBeta = beta,
            Center = center,
            PadMode = pad,
            Power = power,
            BandCount = bands,
            SampleRate = rate,
            MinHz = fullBand ? 0 : low * rate / 2,
            MaxHz = fullBand ? null : high * rate / 2,
            MelScale = scale,
            MelNorm = norm,
            TriangleScale = sides,
        }, samples);

    /// <summary>
    /// The default length has a transform of its own; signals shorter than a block, one frame more, and many at the edges.
    /// </summary>
    [Theory]
    [InlineData(1, true, PadMode.Constant, 2)]
    [InlineData(1500, true, PadMode.Edge, 1)]
    [InlineData(2048 + 512, false, PadMode.Constant, 2)]
    [InlineData(16 * 512, true, PadMode.Reflect, 2)]
    public void Frames_of_the_default_length_agree_with_the_twin(int length, bool center, PadMode pad, int power)
    {
        var random = new Random(length);
        var samples = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var options = new MelSpectrogramOptions { Center = center, PadMode = pad, Power = power, MaxHz = 9000 };
        Assert.Equal(FramePowers.FrameLength, options.FftLength);
        var mel = new MelSpectrogram(options);
        var actual = new float[mel.BandCount * mel.FrameCount(length)];
        mel.Compute(samples, actual);
        AssertAgree(SlowTwin.MelSpectrogram(samples, options), actual);
    }

    [Fact]
    public void Mel_agrees_with_its_twin() => Case.Sample(c =>
    {
        var mel = new MelSpectrogram(c.Options);
        var actual = new float[mel.BandCount * mel.FrameCount(c.Samples.Length)];
        mel.Compute(c.Samples, actual);
        AssertAgree(SlowTwin.MelSpectrogram(c.Samples, c.Options), actual);
    }, iter: 120, print: Describe);

    /// <summary>Loud bins first, then thousands of quiet ones, each of which a plain float32 sum would round away.</summary>
    [Fact]
    public void One_band_of_thousands_of_bins_loses_nothing()
    {
        var options = new MelSpectrogramOptions { FftLength = 16384, BandCount = 1, MelScale = MelScale.Htk, MelNorm = MelNorm.None };
        var random = new Random(1);
        var samples = Enumerable.Range(0, 16384).Select(i => (float)(Math.Sin(i * 0.3) + 0.02 * random.NextDouble())).ToArray();
        var (mel, spectrogram) = (new MelSpectrogram(options), new Spectrogram(options.ToSpectrogramOptions()));
        var frames = mel.FrameCount(samples.Length);
        var (actual, powers) = (new float[frames], new float[spectrogram.BinCount * frames]);
        mel.Compute(samples, actual);
        spectrogram.Compute(samples, powers);
        var weights = SlowTwin.MelBank(options);
        for (var frame = 0; frame < frames; frame++)
        {
            var sum = Enumerable.Range(0, spectrogram.BinCount).Sum(bin => weights[0, bin] * powers[bin * frames + frame]);
            Assert.Equal(sum, actual[frame], 1e-6 * sum);
        }
    }

    [Fact]
    public void Spectrogram_agrees_with_its_twin() => Case.Sample(c =>
    {
        var options = c.Options.ToSpectrogramOptions();
        var spectrogram = new Spectrogram(options);
        var actual = new float[spectrogram.BinCount * spectrogram.FrameCount(c.Samples.Length)];
        spectrogram.Compute(c.Samples, actual);
        AssertAgree(SlowTwin.Spectrogram(c.Samples, options), actual);
    }, iter: 120, print: Describe);

    [Fact]
    public void Mel_bank_agrees_with_its_twin() => Case.Sample(c =>
    {
        var o = c.Options;
        var bank = new MelFilterBank(o.SampleRate, o.FftLength, o.BandCount, o.MinHz, o.EffectiveMaxHz, o.MelScale, o.MelNorm,
            o.TriangleScale);
        var expected = SlowTwin.MelBank(o);
        for (var band = 0; band < o.BandCount; band++)
        {
            var (first, weights) = bank.Band(band);
            for (var bin = 0; bin < expected.GetLength(1); bin++)
            {
                var actual = bin >= first && bin < first + weights.Length ? weights.Span[bin - first] : 0;
                Assert.Equal(expected[band, bin], actual, 2e-7 * expected[band, bin] + 1e-12);
            }
        }
    }, iter: 120, print: Describe);

    [Fact]
    public void Bands_of_equal_area_hold_one_hertz_of_power_density() => // mel row sums: the area under each triangle is 1
        Gen.Select(Gen.Int[4, 60], Gens.OneOf(8000, 22050, 44100), Gen.Enum<MelScale>()).Sample((bands, rate, scale) =>
        {
            const int fftLength = 16384;
            var bank = new MelFilterBank(rate, fftLength, bands, 0, rate / 2.0, scale, MelNorm.Area, TriangleScale.Hz);
            for (var band = 0; band < bands; band++)
                Assert.Equal(1, bank.Band(band).Weights.ToArray().Sum(w => (double)w) * rate / fftLength, 0.01);
        }, iter: 30);

    [Fact]
    public void Narrow_bands_may_be_empty_and_are_zero()
    {
        var mel = new MelSpectrogram(new MelSpectrogramOptions { FftLength = 64, BandCount = 128, HopLength = 32 });
        var samples = Enumerable.Range(0, 500).Select(n => MathF.Sin(n)).ToArray();
        var frames = mel.FrameCount(samples.Length);
        var result = Enumerable.Repeat(float.NaN, 128 * frames).ToArray();
        mel.Compute(samples, result);
        Assert.All(result, v => Assert.True(v >= 0));
        Assert.Contains(Enumerable.Range(0, 128), band => result.AsSpan(band * frames, frames).IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void Louder_by_a_factor_is_its_square_in_power() => Case.Sample(c =>
    {
        var mel = new MelSpectrogram(c.Options);
        var size = mel.BandCount * mel.FrameCount(c.Samples.Length);
        var (quiet, loud) = (new float[size], new float[size]);
        mel.Compute(c.Samples, quiet);
        mel.Compute([.. c.Samples.Select(s => 4 * s)], loud); // a power of two, so that nothing is rounded
        for (var i = 0; i < quiet.Length; i++)
            if (quiet[i] > 1e-30f) // below, floats lose digits
                Assert.Equal(quiet[i] * (c.Options.Power == 2 ? 16 : 4), loud[i]);
    }, iter: 50, print: Describe);

    [Fact]
    public void A_hop_later_is_a_frame_later()
    {
        var options = new MelSpectrogramOptions { FftLength = 256, HopLength = 100, BandCount = 20, Center = false };
        var mel = new MelSpectrogram(options);
        var random = new Random(3);
        var samples = Enumerable.Range(0, 5000).Select(_ => (float)random.NextDouble()).ToArray();
        var (all, later) = (new float[20 * mel.FrameCount(5000)], new float[20 * mel.FrameCount(4900)]);
        mel.Compute(samples, all);
        mel.Compute(samples.AsSpan(100), later);
        var frames = mel.FrameCount(4900);
        Assert.Equal(frames + 1, mel.FrameCount(5000));
        for (var band = 0; band < 20; band++)
            Assert.Equal(all.AsSpan(band * (frames + 1) + 1, frames), later.AsSpan(band * frames, frames));
    }

    [Fact]
    public void An_empty_signal_is_one_frame_of_silence()
    {
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var result = new float[128 * mel.FrameCount(0)];
        Array.Fill(result, float.NaN);
        mel.Compute([], result);
        Assert.Equal(128, result.Length);
        Assert.All(result, v => Assert.Equal(0, v));
        foreach (var mode in new[] { PadMode.Reflect, PadMode.Edge })
            Assert.Contains("empty", Assert.Throws<ArgumentException>(
                () => new MelSpectrogram(new MelSpectrogramOptions { PadMode = mode }).FrameCount(0)).Message);
    }

    [Fact]
    public void Too_short_a_signal_says_how_many_samples_are_wanted()
    {
        var error = Assert.Throws<ArgumentException>(() => new Spectrogram(new SpectrogramOptions { Center = false }).FrameCount(2047));
        Assert.Contains("2047", error.Message);
        Assert.Contains("2048", error.Message);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_sample_that_is_no_number_is_named(float value, string name)
    {
        var samples = new float[5000];
        samples[4321] = value;
        samples[4800] = value;
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var spectrogram = new Spectrogram(new SpectrogramOptions());
        foreach (var compute in new Action[]
        {
            () => mel.Compute(samples, new float[128 * mel.FrameCount(5000)]),
            () => spectrogram.Compute(samples, new float[1025 * spectrogram.FrameCount(5000)]),
            () => Resampler.Resample(samples, 44100, 22050),
        })
        {
            var message = Assert.Throws<ArgumentException>(compute).Message;
            Assert.Contains("Sample 4321 of 5000", message);
            Assert.Contains(name, message);
        }
    }

    [Fact]
    public void A_target_of_another_size_is_refused()
    {
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var message = Assert.Throws<ArgumentException>(() => mel.Compute(new float[22050], new float[128 * 43])).Message;
        Assert.Contains("128 x 44", message);
    }

    [Fact]
    public void Compute_allocates_nothing()
    {
        var samples = new float[22050];
        var mel = new MelSpectrogram(new MelSpectrogramOptions { PadMode = PadMode.Reflect });
        var spectrogram = new Spectrogram(new SpectrogramOptions { FftLength = 1200 });
        var converter = new RateConverter(22050, 16000);
        var melTarget = new float[128 * mel.FrameCount(samples.Length)];
        var target = new float[spectrogram.BinCount * spectrogram.FrameCount(samples.Length)];
        var resampled = new float[converter.OutputLength(samples.Length)];
        var options = new DecibelOptions();
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            mel.Compute(samples, melTarget);
            Decibels.FromPower(melTarget, melTarget, options);
            spectrogram.Compute(samples, target);
            Decibels.FromAmplitude(target, target);
            converter.Convert(samples, resampled);
        }
    }

    private static void AssertAgree(double[,] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var max = expected.Cast<double>().Max();
        var i = 0;
        foreach (var value in expected)
        {
            var error = Math.Abs(actual[i++] - value);
            Assert.InRange(error, 0, 2e-6 * max + RoundingNoise);
            if (value > 1e-6 * max + RoundingNoise * 1e6)
                Assert.InRange(error / value, 0, 1e-5);
        }
    }

    private static string Describe((MelSpectrogramOptions Options, float[] Samples) c) =>
        System.Text.Json.JsonSerializer.Serialize(c.Options) + $", {c.Samples.Length} samples";
}
