using SongMood.Formats.Vorbis;

namespace SongMood.Formats.Tests.Vorbis;

/// <summary>The fast kernels against what they are defined as.</summary>
public class VorbisKernelTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(1024)]
    [InlineData(4096)]
    public void The_cosine_transform_is_its_sum(int length)
    {
        var random = new Random(length);
        var lines = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var cosines = Enumerable.Range(0, 8 * length).Select(i => Math.Cos(Math.PI * i / (4 * length))).ToArray();
        var output = new float[length];
        new CosineTransform(length).Apply(lines, output);
        for (var i = 0; i < length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < length; k++)
                sum += lines[k] * cosines[(2L * i + 1) * (2 * k + 1) % (8 * length)];
            Assert.Equal(sum, output[i], 1e-5);
        }
    }

    [Fact]
    public void Codewords_are_those_of_the_example()
    {
        // Vorbis I specification, 3.2.1: entries of the lengths 2, 4, 4, 4, 4, 2, 3, 3.
        var words = Codewords.TryMake([2, 4, 4, 4, 4, 2, 3, 3], out _)!;
        uint[] expected = [0b00, 0b0100, 0b0101, 0b0110, 0b0111, 0b10, 0b110, 0b111];
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(entry => words[entry].Bits >> (32 - words[entry].Length)));
    }

    [Fact]
    public void A_book_of_long_words_is_read()
    {
        // 1, 2, 3, ... 31, 32 and 32 bits: each word is as many 1s and a 0, but for the last.
        byte[] lengths = [.. Enumerable.Range(1, 32).Select(length => (byte)length), 32];
        var book = new Codebook(1, Codewords.TryMake(lengths, out _)!, null);
        for (var entry = 0; entry < lengths.Length; entry++)
        {
            var bits = new VorbisBits();
            bits.Open(new BitWriter().Add((1L << entry) - 1, lengths[entry]).Add(0x55, 7).Bytes);
            Assert.Equal(entry, book.ReadEntry(bits));
            Assert.Equal(lengths[entry], bits.Position);
        }
    }

    [Fact]
    public void A_single_word_takes_a_bit_of_either_value_and_no_word_cannot_be_read()
    {
        var single = new Codebook(1, Codewords.TryMake([0, 1, 0], out _)!, null);
        var none = new Codebook(1, Codewords.TryMake([0, 0], out _)!, null);
        var bits = new VorbisBits();
        bits.Open([0b10101010]);
        for (var i = 0; i < 8; i++)
            Assert.Equal(1, single.ReadEntry(bits));
        Assert.Equal(-1, single.ReadEntry(bits));
        bits.Open(new byte[100]);
        Assert.Equal(-1, none.ReadEntry(bits));
    }

    [Fact]
    public void Bits_come_from_the_lowest_of_each_byte_and_end()
    {
        var bits = new VorbisBits();
        bits.Open([0b11001010, 0xFF]);
        Assert.Equal((0b010u, 0b11001u, 0xFFu), (bits.Read(3), bits.Read(5), bits.Read(8)));
        Assert.False(bits.IsPastEnd);
        Assert.Equal(0u, bits.Read(1));
        Assert.True(bits.IsPastEnd);
        Assert.Equal((0u, 17), (bits.Read(32), bits.Position));
    }

    [Theory]
    [InlineData(0, 1.0649863e-07)] // Vorbis I specification, 10.1
    [InlineData(63, 5.6234160e-06)]
    [InlineData(64, 5.9888572e-06)]
    [InlineData(255, 1)]
    public void Factors_are_those_of_the_table(int index, double expected) =>
        Assert.Equal(1, FloorLine.Factors[index] / expected, 1e-7);

    [Fact]
    public void Lines_are_those_of_whole_numbers()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            int x0 = random.Next(100), x1 = x0 + random.Next(1, 300), y0 = random.Next(256), y1 = random.Next(256);
            var lines = Enumerable.Repeat(1f, 256).ToArray();
            FloorLine.Apply(lines, x0, y0, x1, y1);
            for (var x = 0; x < lines.Length; x++)
            {
                var height = y0 + (int)Math.Truncate((double)(y1 - y0) * (x - x0) / (x1 - x0));
                Assert.Equal(x < x0 || x >= x1 ? 1 : FloorLine.Factors[height], lines[x]);
                if (x >= x0 && x < x1)
                    Assert.Equal(height, FloorLine.At(x0, y0, x1, y1, x));
            }
        }
    }

    /// <summary>Vorbis I specification, 4.3.5, for each sign of both.</summary>
    [Fact]
    public void Coupling_is_undone_as_in_the_specification()
    {
        var random = new Random(2);
        var magnitudes = Enumerable.Range(0, 101).Select(_ => (float)random.Next(-3, 4)).ToArray();
        var angles = Enumerable.Range(0, 101).Select(_ => (float)random.Next(-3, 4)).ToArray();
        var (left, right) = ((float[])magnitudes.Clone(), (float[])angles.Clone());
        StereoCoupling.Undo(left, right);
        for (var i = 0; i < left.Length; i++)
        {
            var (m, a) = (magnitudes[i], angles[i]);
            var expected = m > 0 ? a > 0 ? (m, m - a) : (m + a, m) : a > 0 ? (m, m + a) : (m - a, m);
            Assert.Equal(expected, (left[i], right[i]));
        }
    }
}
