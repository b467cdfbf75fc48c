using SongMood.Audio;
using SongMood.Audio.Flac;

namespace SongMood.Transforms.Tests.Audio.Flac;

public class FlacSeekTests
{
    private const int Rate = 44_100;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 10)]
    [InlineData(true, 7)]
    public void A_part_is_bit_for_bit_that_of_the_whole_and_takes_few_of_the_bytes(bool isVariable, int seekPointEvery)
    {
        var random = new Random(11);
        var samples = FlacSignal.Make(random, 16, 2, 10 * Rate);
        var bytes = new FlacWriter(random, Rate, 16) { IsVariable = isVariable, SeekPointEvery = seekPointEvery, BlockSize = 4096 }
            .Write(samples);
        var whole = AudioFile.Read(bytes);
        Assert.Equal(10 * Rate, whole.SampleCount);
        for (var i = 0; i < 50; i++)
        {
            var offset = TimeSpan.FromSeconds(9.9 * random.NextDouble());
            var source = new CountingSource(bytes);
            var part = new FlacFile().Open(source, new() { Offset = offset, Duration = TimeSpan.FromSeconds(0.1) });
            var wave = part.ReadWaveform((int)part.SampleCount);
            var start = (int)Math.Round(offset.TotalSeconds * Rate);
            Assert.Equal(whole.Channel(1).Slice(start, wave.SampleCount), wave.Channel(1));
            Assert.False(wave.Damage.IsAny);
            Assert.True(source.Touched < bytes.Length / 2, $"{source.Touched} of {bytes.Length} bytes for {offset}");
        }
    }

    [Fact]
    public void Pieces_are_the_whole()
    {
        var random = new Random(12);
        var bytes = new FlacWriter(random, Rate, 24) { IsVariable = true }.Write(FlacSignal.Make(random, 24, 3, 100_001));
        using var stream = new MemoryStream(bytes);
        var pieces = AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.37)).ToArray();
        for (var channel = 0; channel < 3; channel++)
            Assert.Equal(AudioFile.Read(bytes).Channel(channel).ToArray(), pieces.SelectMany(piece => piece.Channel(channel).ToArray()));
    }

    [Fact]
    public void A_seek_table_that_is_wrong_does_no_harm()
    {
        var random = new Random(13);
        var bytes = new FlacWriter(random, Rate, 16) { SeekPointEvery = 3 }.Write(FlacSignal.Make(random, 16, 1, 200_000));
        var whole = AudioFile.Read(bytes);
        for (var i = 0; i < 200; i++)
            bytes[46 + random.Next(1000)] = (byte)random.Next(256);
        var options = new AudioReadOptions { Offset = TimeSpan.FromSeconds(3), Duration = TimeSpan.FromSeconds(1) };
        Assert.Equal(whole.Channel(0).Slice(3 * Rate, Rate), AudioFile.Read(bytes, options).Channel(0));
    }

    /// <summary>Counts the blocks of 4 kB of which any byte was asked for.</summary>
    private sealed class CountingSource(byte[] bytes) : ByteSource
    {
        private const int Block = 4096;

        private readonly HashSet<long> _blocks = [];

        public override long Length => bytes.Length;

        public long Touched => (long)_blocks.Count * Block;

        public override ReadOnlySpan<byte> At(long position, int count)
        {
            var length = (int)Math.Clamp(bytes.Length - position, 0, count);
            for (var at = position / Block; at * Block < position + length; at++)
                _blocks.Add(at);
            return bytes.AsSpan((int)Math.Min(position, bytes.Length), length);
        }
    }
}
