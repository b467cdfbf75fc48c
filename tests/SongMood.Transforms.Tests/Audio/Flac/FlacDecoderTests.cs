using SongMood.Audio;
using SongMood.Audio.Flac;

namespace SongMood.Transforms.Tests.Audio.Flac;

/// <summary>Whatever RFC 9639 allows an encoder to write comes back as the samples that it was given, bit for bit.</summary>
public class FlacDecoderTests
{
    private static readonly int[] Depths = [4, 5, 7, 8, 11, 12, 15, 16, 17, 20, 23, 24, 25, 31, 32];

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Samples_of_every_depth_and_number_of_channels_come_back(bool isVariable, bool saysFormat)
    {
        var chosen = new HashSet<string>();
        foreach (var depth in Depths)
            for (var channels = 1; channels <= 8; channels += channels < 3 ? 1 : 5)
            {
                var random = new Random(100 * depth + channels);
                var writer = new FlacWriter(random, 44100, depth)
                {
                    IsVariable = isVariable,
                    SaysFormatInFrames = saysFormat,
                    BlockSize = random.Next(16, 2500),
                };
                var samples = FlacSignal.Make(random, depth, channels, 9_000 / channels);
                var stream = writer.Write(samples);
                AssertIntegers(stream, samples, depth);
                AssertFloats(AudioFile.Read(stream), samples, depth);
                chosen.UnionWith(writer.Chosen);
            }

        int[] kinds = [0, 1, .. Enumerable.Range(8, 5), .. Enumerable.Range(32, 32)];
        string[] all = [.. kinds.Select(kind => $"subframe {kind}"), "wasted bits", "method 0", "method 1", "escape", "escape of no bits",
            .. Enum.GetNames<StereoMode>()];
        Assert.Empty(all.Except(chosen)); // all that there is was tried
    }

    [Theory]
    [InlineData(192)]
    [InlineData(576)]
    [InlineData(4096)]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(65535)]
    public void Blocks_of_any_size_come_back(int blockSize)
    {
        var random = new Random(blockSize);
        foreach (var rate in new[] { 1000, 8000, 48_000, 44_056, 192_000, 655_350, 768_000 })
        {
            var samples = FlacSignal.Make(random, 16, 2, 2 * Math.Min(blockSize, 5000) + 3);
            var wave = AudioFile.Read(new FlacWriter(random, rate, 16) { BlockSize = blockSize }.Write(samples));
            Assert.Equal(rate, wave.SampleRate);
            AssertFloats(wave, samples, 16);
        }
    }

    [Fact]
    public void Without_the_vectors_of_long_predictors_the_same_comes_out()
    {
        var random = new Random(7);
        for (var order = 1; order <= 32; order++)
        {
            var coefficients = Enumerable.Range(0, order).Select(_ => random.Next(-511, 512)).ToArray();
            var fast = Enumerable.Range(0, 1003).Select(_ => random.Next(-300, 300)).ToArray();
            int[] slow = [.. fast];
            LinearPrediction.Restore(coefficients, 12, fast, productBits: 20);
            LinearPrediction.Restore64(coefficients, 12, slow, order);
            Assert.Equal(slow, fast);
        }
    }

    [Fact]
    public void Checksums_are_those_of_division_bit_by_bit()
    {
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length < 100; length++)
        {
            var some = bytes.AsSpan(length, 3 * length);
            Assert.Equal(BitWriter.Crc(some, 0x07, 8), FlacChecksums.Crc8(some));
            Assert.Equal(BitWriter.Crc(some, 0x8005, 16), FlacChecksums.Crc16(some));
        }
    }

    [Fact]
    public void Nothing_is_allocated_a_frame()
    {
        var random = new Random(3);
        var stream = new FlacWriter(random, 44100, 16).Write(FlacSignal.Make(random, 16, 2, 60_000));
        var few = new float[2][] { new float[2000], new float[2000] };
        var samples = new FlacFile().Open(ByteSource.Of(stream), new());
        samples.Read(few, 0, 2000); // what is made once is made here
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 28; i++)
            samples.Read(few, 0, 2000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    private static void AssertIntegers(byte[] stream, long[][] samples, int depth)
    {
        var layout = FlacLayout.Read(ByteSource.Of(stream), int.MaxValue, new FlacFrameDecoder());
        Assert.Equal(samples[0].Length, layout.SampleCount);
        var count = 0;
        for (var at = layout.First.Position; at < stream.Length;)
        {
            Assert.True(layout.Frames.TryDecode(at, out var frame), $"the frame at byte {at} of {depth} bits");
            for (var channel = 0; channel < samples.Length; channel++)
                Assert.Equal(samples[channel][count..(count + frame.Header.BlockSize)],
                    Array.ConvertAll(layout.Frames.Decoder.Channel(channel, 0, frame.Header.BlockSize).ToArray(), sample => (long)sample));
            count += frame.Header.BlockSize;
            at = frame.EndPosition;
        }

        Assert.Equal(samples[0].Length, count);
    }

    private static void AssertFloats(Waveform wave, long[][] samples, int depth)
    {
        Assert.Equal("nothing is lost", wave.Damage.ToString()); // the MD5 fits, too
        Assert.Equal(samples.Length, wave.ChannelCount);
        for (var channel = 0; channel < samples.Length; channel++)
            Assert.Equal(
                Array.ConvertAll(samples[channel], sample => sample / (float)(1L << (depth - 1))), wave.Channel(channel).ToArray());
    }
}
