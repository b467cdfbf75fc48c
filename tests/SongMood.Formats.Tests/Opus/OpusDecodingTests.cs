using SongMood.Audio;
using SongMood.Formats.Opus;

namespace SongMood.Formats.Tests.Opus;

/// <summary>Streams that libopus made, against what it decodes them to (Fixtures/opus/make.py).</summary>
public class OpusDecodingTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    public static TheoryData<string> Names => [.. FormatsFixtures.OpusNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Samples_are_those_of_libopus(string name)
    {
        var reference = AudioFile.Read(FormatsFixtures.PathOf(name + ".flac"));
        var wave = AudioFile.Read(FormatsFixtures.PathOf(name), Options);
        Assert.Equal((reference.ChannelCount, reference.SampleCount), (wave.ChannelCount, wave.SampleCount));
        Assert.False(wave.Damage.IsAny);
        for (var channel = 0; channel < wave.ChannelCount; channel++)
        {
            var (expected, found) = (reference.Channel(channel).ToArray(), wave.Channel(channel).ToArray());
            Assert.True(expected.Max() > 0.01);
            var errors = expected.Select((sample, i) => Math.Abs(sample - found[i])).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}, channel {channel}: {errors.Max()}");
            Assert.True(errors.Max() < 1e-4, $"{name}, channel {channel}: {errors.Max()} at sample {Array.IndexOf(errors, errors.Max())}");
        }
    }

    [Fact]
    public void The_fixture_of_modes_has_all_of_them()
    {
        var found = OpusPackets.Of("opus/modes.opus").Packets.Select(packet => OpusPackets.Read(packet).Configuration).ToArray();
        Assert.Equal(Enum.GetValues<OpusMode>().Skip(1), found.Select(one => one.Mode).Distinct().Order());
        Assert.Equal([0, 1, 2, 3, 4], found.Select(one => one.Bandwidth).Distinct().Order());
        Assert.Equal([120, 240, 480, 960, 1920, 2880], found.Select(one => one.FrameLength).Distinct().Order());
        Assert.Equal([false, true], found.Select(one => one.IsStereo).Distinct().Order());
        Assert.True(found.Zip(found.Skip(1), (a, b) => a.Mode != b.Mode).Count(isChange => isChange) >= 5);
    }

    [Fact]
    public void The_fixture_of_silence_has_packets_without_frames() =>
        Assert.True(OpusPackets.Of("opus/silence.opus").Packets.Count(packet => packet.Length == 1) > 5);

    [Fact]
    public void The_fixture_of_six_channels_has_streams_of_one_and_two()
    {
        var head = OpusPackets.Of("opus/surround.opus").Head;
        Assert.Equal((6, 4, 2), (head.ChannelCount, head.StreamCount, head.CoupledCount));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_frame_allocates_nothing(string name)
    {
        var (head, packets) = OpusPackets.Of(name);
        var decoder = new OpusStreams(head);
        var output = new float[OpusPacket.MostSamples * head.ChannelCount];
        Play(); // makes what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play()
        {
            foreach (var packet in packets)
                Assert.True(decoder.Decode(packet, output) > 0);
        }
    }

    /// <summary>Whatever comes, it is refused or ends in as many samples as it says, each with a value.</summary>
    [Fact]
    public void Packets_of_chance_are_played_or_refused()
    {
        int played = 0, refused = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var stream = new OpusStream(1 + seed % 2);
            var packet = new OpusPacket();
            var output = new float[OpusPacket.MostSamples * stream.ChannelCount];
            for (var i = 0; i < 30; i++)
            {
                var bytes = new byte[1 + random.Next(random.Next(2) == 0 ? 30 : 400)];
                random.NextBytes(bytes);
                if (i % 3 > 0)
                    bytes[0] &= 0xFC; // a single frame is always within the rules
                if (!packet.TryRead(bytes, 0, false))
                {
                    refused++;
                    continue;
                }

                output.AsSpan().Fill(float.NaN);
                stream.Decode(bytes, packet, output);
                var count = packet.FrameCount * packet.Configuration.FrameLength * stream.ChannelCount;
                Assert.DoesNotContain(output[..count], sample => !float.IsFinite(sample));
                played++;
            }
        }

        Assert.True(played > 500 && refused > 100, $"{played}, {refused}");
    }
}
