using SongMood.Formats.Opus;
using SongMood.Formats.Opus.Celt;
using SongMood.Formats.Opus.Silk;

namespace SongMood.Formats.Tests.Opus;

/// <summary>The fast kernels against what they are defined as.</summary>
public class OpusKernelTests
{
    [Theory]
    [InlineData(120, 1)]
    [InlineData(120, 8)]
    [InlineData(240, 1)]
    [InlineData(480, 1)]
    [InlineData(960, 1)]
    public void The_cosine_transform_is_its_sum(int length, int blocks)
    {
        var random = new Random(length);
        var lines = Enumerable.Range(0, length * blocks).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var output = new float[length];
        var transform = new InverseMdct(length);
        for (var block = 0; block < blocks; block++)
        {
            transform.Transform(lines, block, blocks, output);
            for (var i = 0; i < length; i++)
            {
                var sum = 0.0;
                for (var k = 0; k < length; k++)
                    sum += lines[block + k * blocks] * Math.Cos(Math.PI / length * (i + 0.5) * (k + 0.5));
                Assert.Equal(sum, output[i], 1e-5);
            }
        }
    }

    /// <summary>What a forward transform with the same window takes apart, blocks that overlap put together again.</summary>
    [Fact]
    public void Blocks_join()
    {
        const int Length = 240, Half = InverseMdct.Overlap / 2;
        var signal = Enumerable.Range(0, 4 * Length).Select(i => Math.Sin(i * 0.05) + 0.3 * Math.Cos(i * 0.31)).ToArray();
        var samples = new float[3 * Length + Half];
        var transform = new InverseMdct(Length);
        for (var block = 0; block < 3; block++)
        {
            var lines = new float[Length];
            for (var k = 0; k < Length; k++)
            {
                var sum = 0.0; // of the samples under the window, which begins (length - overlap) / 2 after the block's first
                for (var i = 0; i < Length + InverseMdct.Overlap; i++)
                {
                    var window = i < InverseMdct.Overlap ? InverseMdct.Window[i]
                        : i < Length ? 1 : InverseMdct.Window[Length + InverseMdct.Overlap - 1 - i];
                    sum += signal[block * Length + i] * window
                        * Math.Cos(Math.PI / Length * (i + Length / 2 - Half + 0.5 + Length / 2.0) * (k + 0.5));
                }

                lines[k] = (float)(sum * 2 / Length);
            }

            transform.Apply(lines, 0, 1, samples.AsSpan(block * Length));
        }

        for (var i = InverseMdct.Overlap; i < 3 * Length - Half; i++)
            Assert.Equal(signal[i], samples[i], 1e-5);
    }

    /// <summary>Each number stands for another vector with so many pulses.</summary>
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    [InlineData(4, 9)]
    public void Numbers_of_pulses_are_all_vectors(int lines, int pulses)
    {
        var count = PulseVector.Count(lines, pulses) + PulseVector.Count(lines, pulses + 1);
        Assert.Equal(Vectors(lines, pulses), count);
        var seen = new HashSet<string>();
        var vector = new float[lines];
        for (var number = 0u; number < count; number++)
        {
            Assert.Equal(vector.Length, lines);
            var square = PulseVector.Place(number, pulses, vector);
            Assert.Equal(pulses, vector.Sum(Math.Abs));
            Assert.Equal(vector.Sum(line => line * line), square);
            Assert.True(seen.Add(string.Join(" ", vector)));
        }

        static uint Vectors(int lines, int pulses) => lines == 0 ? pulses == 0 ? 1u : 0
            : (uint)Enumerable.Range(-pulses, 2 * pulses + 1).Sum(one => Vectors(lines - 1, pulses - Math.Abs(one)));
    }

    /// <summary>RFC 6716, 4.1.6.2 finds an eighth of a bit by squaring; we look it up.</summary>
    [Fact]
    public void Eighths_of_bits_are_those_of_the_RFC()
    {
        var random = new Random(1);
        var bytes = new byte[400];
        random.NextBytes(bytes);
        var bits = new RangeDecoder();
        bits.Start(bytes, 0, bytes.Length);
        var places = new HashSet<int>();
        for (var i = 0; i < 1500; i++)
        {
            _ = i % 3 == 0 ? bits.Bit(1 + i % 7) ? 1 : 0 : (int)bits.Uniform((uint)(2 + i % 90));
            Assert.Equal(Tell(bits), bits.TellEighths);
            Assert.Equal(bits.Tell, (bits.TellEighths + 7) >> 3);
            places.Add(bits.TellEighths & 7);
        }

        Assert.Equal(8, places.Count);

        static int Tell(RangeDecoder bits)
        {
            var log = uint.Log2(bits.Range) + 1;
            var all = bits.Tell + (int)log; // bits so far, before the range's are taken off
            var range = bits.Range >> ((int)log - 16);
            for (var i = 0; i < 3; i++)
            {
                range = range * range >> 15;
                log = 2 * log + (range >> 16);
                range >>= (int)(range >> 16);
            }

            return 8 * all - (int)log;
        }
    }

    /// <summary>The filter is half the sum of two products of 1 - 2 cos x z^-1 + z^-2, each with a zero at an end.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void A_line_spectrum_gives_its_filter(int order)
    {
        var random = new Random(order);
        for (var trial = 0; trial < 50; trial++)
        {
            var frequencies = Enumerable.Range(1, order).Select(i => (short)((i + 0.6 * (random.NextDouble() - 0.5)) * 32767 / (order + 1)))
                .ToArray();
            var filter = new short[order];
            LinearPredictor.Find(frequencies, filter);
            double[] even = [1, 1], odd = [1, -1];
            for (var i = 0; i < order; i++)
            {
                var factor = new[] { 1, -2 * Math.Cos(Math.PI * frequencies[i] / 32768), 1 };
                if (i % 2 == 0)
                    even = Product(even, factor);
                else
                    odd = Product(odd, factor);
            }

            for (var i = 0; i < order; i++)
                Assert.Equal(-(even[i + 1] + odd[i + 1]) / 2 * 4096, filter[i], 12.0); // the table of cosines has steps
            Assert.InRange(LinearPredictor.InverseGain(filter), 1, 1 << 30);
        }

        static double[] Product(double[] a, double[] b)
        {
            var product = new double[a.Length + b.Length - 1];
            for (var i = 0; i < a.Length; i++)
                for (var j = 0; j < b.Length; j++)
                    product[i + j] += a[i] * b[j];
            return product;
        }
    }

    /// <summary>Vectors give what the RFC says: products of 32 by 16 bits, each rounded down, wrapped to 32 bits.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    public void The_short_filter_is_its_sum(int order)
    {
        var random = new Random(order);
        var state = new int[16];
        var filter = new short[order];
        for (var trial = 0; trial < 2000; trial++)
        {
            foreach (ref var value in state.AsSpan())
                value = random.Next(int.MinValue, int.MaxValue) >> random.Next(20);
            foreach (ref var coefficient in filter.AsSpan())
                coefficient = (short)(random.Next(short.MinValue, short.MaxValue + 1) >> random.Next(6));
            var predicted = order / 2;
            for (var i = 0; i < order; i++)
                predicted = unchecked(predicted + (int)((long)state[15 - i] * filter[i] >> 16));
            var residual = random.Next(int.MinValue, int.MaxValue) >> 4;
            var expected = Math.Clamp(residual + Math.Clamp((long)predicted << 4, int.MinValue, int.MaxValue), int.MinValue, int.MaxValue);
            Assert.Equal(expected, new ShortPredictor(filter).Next(state, residual));
        }
    }

    /// <summary>Tones come out of the resampler as they went in, later by its delay.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void The_resampler_keeps_tones(int rate)
    {
        const double Hertz = 700;
        var resampler = new SilkResampler();
        resampler.Reset(rate);
        var input = new short[20 * rate];
        var output = new short[960];
        var levels = new List<double>();
        for (var frame = 0; frame < 5; frame++)
        {
            for (var i = 0; i < input.Length; i++)
                input[i] = (short)Math.Round(10_000 * Math.Sin(2 * Math.PI * Hertz * (frame * input.Length + i) / (1000 * rate)));
            resampler.Apply(input, output, 1);
            double sine = 0, cosine = 0;
            for (var i = 0; i < output.Length; i++)
            {
                var (s, c) = Math.SinCos(2 * Math.PI * Hertz * (frame * output.Length + i) / 48_000);
                (sine, cosine) = (sine + s * output[i], cosine + c * output[i]);
            }

            levels.Add(2 / 960.0 * Math.Sqrt(sine * sine + cosine * cosine));
        }

        Assert.All(levels.Skip(1), level => Assert.Equal(10_000, level, 60.0));
    }
}
