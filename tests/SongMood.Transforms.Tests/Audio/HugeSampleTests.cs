using SongMood.Audio;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.Transforms.Tests.Audio.Wav;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Samples far above full scale: read while every later step can take them, refused with their place beyond that.</summary>
public class HugeSampleTests
{
    private const int Rate = 22_050;

    public static TheoryData<double> TooLarge => [1e18, -1e30, 1.1e12, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void What_cannot_be_taken_is_named_with_frame_and_channel(double value)
    {
        foreach (var bits in new[] { 32, 64 })
        {
            var bytes = Floats(bits, channels: 2, [0, 0, 0.5, 0.5, 0, value, 0, 0]);
            AudioReadOptions[] ways =
                [new(), new() { Mono = true, SampleRate = 16_000 }, new() { Offset = TimeSpan.FromSeconds(1.0 / Rate) }];
            foreach (var options in ways)
            {
                var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(bytes, options));
                Assert.Equal(2, error.FrameIndex);
                Assert.Contains("channel 2 of 2", error.Message);
                Assert.Contains(FormattableString.Invariant($"is {(float)value}; "), error.Message);
            }
        }
    }

    [Fact]
    public void Pieces_refuse_it_in_its_piece()
    {
        var samples = new double[3 * Rate];
        samples[2 * Rate + 7] = 1e30;
        using var stream = new MemoryStream(Floats(32, 1, samples));
        var pieces = AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(1)).GetEnumerator();
        Assert.True(pieces.MoveNext() && pieces.MoveNext());
        Assert.Equal(2 * Rate + 7, Assert.Throws<AudioFormatException>(() => pieces.MoveNext()).FrameIndex);
    }

    [Fact]
    public void A_registered_decoders_samples_are_looked_at()
    {
        AudioFile.Register(new NaNDecoder());
        var error =
            Assert.Throws<AudioFormatException>(() => AudioFile.Read("SongMood test: NaN"u8.ToArray(), new() { SampleRate = 16_000 }));
        Assert.Equal(1, error.FrameIndex);
        Assert.Contains("NaN", error.Message);
    }

    private sealed class NaNDecoder : IAudioDecoder
    {
        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual("SongMood test: NaN"u8);

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => throw new NotSupportedException();

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => new([[0, float.NaN, 0]], Rate);
    }

    [Fact]
    public void A_double_that_no_float_can_hold_is_too_large() =>
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(Floats(64, 1, [0, 1e300])));

    /// <summary>32-bit whole numbers as floats, and the largest that are taken: nothing after them overflows.</summary>
    [Theory]
    [InlineData(2147483648.0)]
    [InlineData(1e12)]
    public void What_is_taken_stays_finite_everywhere(double scale)
    {
        var random = new Random(2);
        double[] samples = [.. Enumerable.Range(0, 4 * 44_100)
            .Select(n => scale * (n / 4000 % 3 == 0 ? Math.Sign(random.NextDouble() - 0.5) : Math.Sin(0.1 * n)))];
        var wave = AudioFile.Read(Floats(32, 1, samples, 44_100), new() { SampleRate = Rate });
        var mono = wave.Channel(0);
        Assert.InRange(mono.ToArray().Max(), 0.9 * scale, 2 * scale);

        AssertFinite(mono);
        AssertFinite(samples.Select(v => (float)(v / scale * 1e14)).ToArray()); // what kernels take of themselves
    }

    private static void AssertFinite(ReadOnlySpan<float> mono)
    {
        var mel = new MelSpectrogram(new());
        var powers = new float[mel.BandCount * mel.FrameCount(mono.Length)];
        mel.Compute(mono, powers);
        Assert.All(powers, v => Assert.True(float.IsFinite(v)));
        var decibels = new float[powers.Length];
        Decibels.FromPower(powers, decibels);
        Assert.All(decibels, v => Assert.True(float.IsFinite(v)));
        var extractor = new MusicDescriptorExtractor();
        var values = new float[extractor.Names.Length];
        extractor.Compute(mono, values);
        for (var i = 0; i < values.Length; i++)
            Assert.True(float.IsFinite(values[i]), $"{extractor.Names[i]} is {values[i]}");
    }

    [Fact]
    public void Kernels_refuse_what_would_overflow()
    {
        float[] samples = [0, 1e18f, 0];
        foreach (var use in new Action[]
        {
            () => Resampler.Resample(samples, 44_100, Rate),
            () => new MelSpectrogram(new()).Compute(samples, new float[128]),
            () => new Spectrogram(new()).Compute(samples, new float[1025]),
            () => new MusicDescriptorExtractor(DescriptorGroups.None, MusicDescriptorExtractor.Eleven).Compute(samples, new float[11]),
        })
        {
            var error = Assert.Throws<ArgumentException>(use);
            Assert.Contains("Sample 1 of 3 is 1E+18", error.Message);
        }
    }

    private static byte[] Floats(int bits, int channels, double[] values, int rate = Rate) => new WavBytes(
        [.. values.SelectMany(v => bits == 32 ? BitConverter.GetBytes((float)v) : BitConverter.GetBytes(v))])
    {
        Tag = 3,
        Bits = bits,
        Channels = channels,
        Rate = (uint)rate,
    }.ToArray();
}
