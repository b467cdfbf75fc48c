using SongMood.Audio;
using SongMood.Formats.Vorbis;

namespace SongMood.Formats.Tests.Vorbis;

/// <summary>Whatever headers and packets say: samples or an error, within bounds of memory.</summary>
public class VorbisLimitTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    private static BitWriter Book(int dimensions, int entries) =>
        new BitWriter().Add([5, .. "vorbis"u8]).Add(0, 8).Add(0x564342, 24).Add(dimensions, 16).Add(entries, 24);

    private static string Refused(BitWriter setup)
    {
        var head = new RandomVorbis(0, 1, 2, 2).Head;
        var file = new OggWriter(1).Add(0, false, head).Add(0, false, [3, .. "vorbis"u8]).AddLong(0, setup.Bytes)
            .Add(0, true, new byte[20]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file.Bytes, Options));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.True(error.BytePosition > 0);
        return error.Message;
    }

    [Fact]
    public void Codebooks_that_promise_too_much_are_refused()
    {
        Assert.Contains("16777215 entries", Refused(Book(1, (1 << 24) - 1).Add(true).Add(0, 5).Add(1, 24)));
        Assert.Contains("65535 numbers", Refused(Book(65_535, 1000).Add(true).Add(0, 5).Add(1000, 10)));
        Assert.Contains("more than there are bits for", Refused(Book(1, 60_000).Add(false).Add(false).Add(1, 5)));
        Assert.Contains("numbers of 16 bits", Refused(
            Book(2, 1 << 15).Add(true).Add(14, 5).Add(1 << 15, 16).Add(2, 4).Add(0, 64).Add(15, 4).Add(false)));
    }

    [Theory]
    [InlineData("more codewords than there can be", 1, 1, 1)]
    [InlineData("more codewords than there can be", 2, 1, 2, 2)]
    [InlineData("leave some out", 1, 2)]
    [InlineData("leave some out", 2)] // a single word has one bit
    [InlineData("leave some out", 32, 32)]
    public void Codewords_that_are_no_tree_are_refused(string problem, params int[] lengths)
    {
        var setup = Book(1, lengths.Length).Add(false).Add(false);
        foreach (var length in lengths)
            setup.Add(length - 1, 5);
        Assert.Contains(problem, Refused(setup.Add(0, 4)));
    }

    [Fact]
    public void Numbers_that_name_nothing_are_refused()
    {
        BitWriter One() => Book(1, 1).Add(false).Add(false).Add(0, 5).Add(0, 4).Add(0, 6).Add(0, 16).Add(0, 6);
        Assert.Contains("lookup type 3", Refused(Book(1, 1).Add(false).Add(false).Add(0, 5).Add(3, 4)));
        Assert.Contains("floor of type 2", Refused(One().Add(2, 16)));
        Assert.Contains("codebook 9", Refused(One().Add(1, 16).Add(1, 5).Add(0, 4).Add(0, 3).Add(0, 2).Add(10, 8)));
        Assert.Contains("all different", Refused(One().Add(1, 16).Add(1, 5).Add(0, 4).Add(1, 3).Add(0, 2).Add(0, 8).Add(0, 2).Add(4, 4)
            .Add(5, 4).Add(5, 4)));
        BitWriter Floor() => One().Add(1, 16).Add(0, 5).Add(0, 2).Add(4, 4).Add(0, 6);
        Assert.Contains("residue of type 3", Refused(Floor().Add(3, 16)));
        Assert.Contains("2 classes, 1 of them", Refused(Floor().Add(2, 16).Add(0, 24).Add(9, 24).Add(1, 24).Add(1, 6).Add(0, 8)));
        Assert.Contains("for vectors", Refused(
            Floor().Add(2, 16).Add(0, 24).Add(9, 24).Add(1, 24).Add(0, 6).Add(0, 8).Add(1, 3).Add(false).Add(0, 8)));
        BitWriter Residue() => Floor().Add(2, 16).Add(0, 24).Add(9, 24).Add(1, 24).Add(0, 6).Add(0, 8).Add(0, 4).Add(0, 6);
        Assert.Contains("mapping of type 1", Refused(Residue().Add(1, 16)));
        Assert.Contains("coupled", Refused(Residue().Add(0, 16).Add(false).Add(true).Add(0, 8).Add(1, 1).Add(1, 1)));
        Assert.Contains("floor 0 and residue 7", Refused(Residue().Add(0, 16).Add(false).Add(false).Add(0, 2).Add(0, 16).Add(7, 8)));
        Assert.Contains("ends before", Refused(Residue()));
    }

    [Theory]
    [InlineData(11, 0, "0 channels")]
    [InlineData(7, 1, "version 1")]
    [InlineData(15, 1, "16785216 Hz")]
    [InlineData(28, 0x6D, "blocks of 8192 and 64")]
    [InlineData(28, 0xE6, "blocks of 64 and 16384")]
    public void A_first_header_that_cannot_be_is_refused(int at, byte value, string problem)
    {
        var stream = new RandomVorbis(0, 1, 2, 2);
        stream.Head[at] = value;
        Assert.Contains(problem, Assert.Throws<AudioFormatException>(() => AudioFile.Read(stream.File(5).Bytes, Options)).Message);
    }

    /// <summary>Packets of a byte each, of 255 channels: a few kilobytes would be gigabytes.</summary>
    [Fact]
    public void Many_channels_are_bounded_together()
    {
        var stream = new RandomVorbis(2, 1, 1, 255, 13, 13);
        var ogg = new OggWriter(1).Add(0, false, stream.Head).Add(0, false, stream.Comment).AddLong(0, stream.Setup);
        for (var i = 0; i < 12; i++)
            ogg.Add(-1, false, [.. Enumerable.Range(0, 100).Select(_ => stream.Packet(1).Bytes)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(ogg.Bytes, Options));
        Assert.Contains("255 channels", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 << 20);
        Assert.Equal(800, AudioFile.Read(ogg.Bytes, Options with { Duration = TimeSpan.FromSeconds(0.1) }).SampleCount);
    }

    [Fact]
    public void A_block_allocates_nothing()
    {
        var stream = new RandomVorbis(3, 1, 2, 2);
        var packets = Enumerable.Range(0, 50).Select(_ => stream.Packet().Bytes).ToArray();
        var head = VorbisHead.Read(stream.Head);
        var (block, synthesis) = (new VorbisBlock(head, VorbisSetup.Read(stream.Setup, head)), new VorbisSynthesis(head));
        float[][] output = [new float[head.LongLength / 2], new float[head.LongLength / 2]];
        Play(); // makes what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play()
        {
            foreach (var packet in packets)
                Assert.True(block.TryRead(packet) && synthesis.Play(block, output) >= 0);
        }
    }

    /// <summary>Whatever comes behind headers of encoders or of chance, it ends in samples or none, and none is without a value.</summary>
    [Fact]
    public void Packets_of_chance_are_played_or_passed_over()
    {
        int played = 0, passed = 0;
        var file = File.ReadAllBytes(FormatsFixtures.PathOf("vorbis-stereo.ogg"));
        var encoded = new OggStreams(ByteSource.Of(file), VorbisHead.Mark, new()).All[0];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var stream = new RandomVorbis(seed, seed % 2, seed / 2 % 3, 1 + seed % 3);
            byte[][] headers = seed % 4 != 0 ? stream.Headers : [.. encoded.Packets.Take(3).Select(packet => packet.Bytes)];
            var head = VorbisHead.Read(headers[0]);
            var (block, synthesis) = (new VorbisBlock(head, VorbisSetup.Read(headers[2], head)), new VorbisSynthesis(head));
            var output = Enumerable.Range(0, head.ChannelCount).Select(_ => new float[head.LongLength / 2]).ToArray();
            for (var i = 0; i < 30; i++)
            {
                var bytes = new byte[random.Next(random.Next(2) == 0 ? 30 : 2000)];
                random.NextBytes(bytes);
                if (bytes.Length > 0 && i % 3 > 0)
                    bytes[0] &= 0xFE; // a packet of sound
                if (!block.TryRead(bytes))
                {
                    passed++;
                    continue;
                }

                played++;
                var count = synthesis.Play(block, output);
                Assert.InRange(count, 0, head.LongLength / 2);
                Assert.DoesNotContain(output, row => row.Any(float.IsNaN));
            }
        }

        Assert.True(played > 500 && passed > 100, $"{played}, {passed}");
    }
}
