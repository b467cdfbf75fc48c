using SongMood.Audio;

namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Streams of all that the specification allows, against a decoder that does what it says word by word.</summary>
public class VorbisDecodingTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 3)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 5)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 2, 6)]
    public void Samples_are_those_of_the_slow_twin(int floorType, int residueType, int channelCount)
    {
        const double Loudest = 1e9; // of a floor of type 0 whose random coefficients meet the scale, doubles and floats part
        var heard = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var stream = new RandomVorbis(seed, floorType, residueType, channelCount, 6, 6 + seed % 3);
            var slow = new SlowVorbis(stream.Head, stream.Setup);
            var packets = Enumerable.Range(0, 6).Select(_ => stream.Packet().Bytes).ToArray();
            var expected = packets.Select(slow.Decode).ToArray();
            if (!expected.All(rows => rows.All(row => row.All(sample => Math.Abs(sample) < Loudest))))
                continue;
            var file = new OggWriter(7).Add(0, false, stream.Head).Add(0, false, stream.Comment).AddLong(0, stream.Setup)
                .Add(expected.Sum(rows => rows[0].Length), true, packets);
            var wave = AudioFile.Read(file.Bytes, Options);
            Assert.False(wave.Damage.IsAny);
            int[] order = channelCount switch // 4.3.9: left, centre, right, behind, low; here as in a WAV
            {
                3 => [0, 2, 1],
                5 => [0, 2, 1, 3, 4],
                6 => [0, 2, 1, 5, 3, 4],
                _ => [0, 1],
            };
            for (var channel = 0; channel < channelCount; channel++)
            {
                var samples = expected.SelectMany(rows => rows[order[channel]]).ToArray();
                Assert.Equal(samples.Length, wave.SampleCount);
                var peak = samples.Max(Math.Abs);
                heard += peak > 0 ? 1 : 0;
                for (var i = 0; i < samples.Length; i++)
                    Assert.True(Math.Abs(samples[i] - wave.Channel(channel)[i]) <= 2e-6 * peak,
                        $"seed {seed}, channel {channel}, sample {i}: {samples[i]}, {wave.Channel(channel)[i]}, peak {peak}");
            }
        }

        Assert.True(heard > 6 * channelCount - 6, $"only {heard} channels are not silent");
    }
}
