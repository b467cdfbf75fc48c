using SongMood.Audio;
using SongMood.Audio.Mp3;
using SongMood.Formats.MpegLayers;
using Kind = SongMood.Formats.Tests.MpegLayers.LayerFrames.Kind;

namespace SongMood.Formats.Tests.MpegLayers;

public class LayersDecodingTests
{
    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    /// <summary>
    /// Every layer, version, rate and mode, at a low bit rate (of Layer I, not the lowest, which leave no bits), the highest, and one
    /// between.
    /// </summary>
    internal static IEnumerable<Kind> Kinds =>
        from layer in new[] { 1, 2 }
        from version in new[] { 3, 2, 0 }
        from rate in new[] { 0, 1, 2 }
        from bitRate in new[] { layer == 1 ? 4 : 1, 7, 14 }
        from mode in new[] { 0, 1, 2, 3 }
        select new Kind(layer, version, rate, bitRate, mode, (rate + bitRate) % 4, (bitRate + mode) % 2 == 0, (mode + rate) % 2 == 0);

    /// <summary>Doubles of the standard's formulas. The largest sample is about 1.</summary>
    [Fact]
    public void Samples_are_those_of_the_slow_twin()
    {
        var (count, coded) = (0, 0);
        foreach (var kind in Kinds)
        {
            var frames = new LayerFrames(count++);
            var (slow, fast) = (new SlowLayers(), new LayersDecoder(believesChecksums: true));
            float[] left = new float[1152], right = new float[1152];
            for (var i = 0; i < 3; i++)
            {
                var frame = frames.Next(kind);
                Assert.True(FrameHeader.TryRead(frame, out var header));
                Assert.True(fast.Take(header, false, frame), $"{kind}");
                fast.Decode(left, right);
                var expected = slow.Decode(frame);
                Assert.Equal(kind.Mode == 3 ? 1 : 2, expected.Length);
                for (var channel = 0; channel < expected.Length; channel++)
                {
                    var largest = expected[channel].Max(Math.Abs);
                    coded += largest > 0.01 ? 1 : 0;
                    for (var at = 0; at < header.SampleCount; at++)
                        Assert.True(Math.Abs(expected[channel][at] - (channel == 0 ? left : right)[at]) < 1e-6 * Math.Max(1, largest),
                            $"{kind}, sample {at}: {expected[channel][at]} and {(channel == 0 ? left : right)[at]}");
                }
            }
        }

        Assert.Equal(2 * 3 * 3 * 3 * 4, count);
        Assert.True(coded > count); // of 3 times as many frames; the lowest rates have bits for little
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        var frames = new LayerFrames(1);
        var kinds = new Kind[] { new(1, Mode: 1), new(2, Mode: 1, IsProtected: true) };
        foreach (var frame in kinds.Select(frames.Next))
        {
            var decoder = new LayersDecoder(believesChecksums: true);
            float[] left = new float[1152], right = new float[1152];
            Assert.True(FrameHeader.TryRead(frame, out var header));
            Assert.True(Play());
            var before = GC.GetAllocatedBytesForCurrentThread();
            Play();
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

            bool Play()
            {
                var isDecodable = decoder.Take(header, false, frame);
                decoder.Decode(left, right);
                return isDecodable;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_part_is_a_cut_of_the_whole(int layer)
    {
        var file = new LayerFrames(7).Many(new(layer, Rate: 1, Mode: 1, Extension: 2), 300);
        var whole = AudioFile.Read(file, Options);
        Assert.Equal(300 * (layer == 1 ? 384 : 1152), whole.SampleCount);
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var start = random.Next(whole.SampleCount - 3000);
            var part = AudioFile.Read(file, Options with
            {
                Offset = TimeSpan.FromSeconds(start / 48_000.0),
                Duration = TimeSpan.FromSeconds(random.Next(1, 3000) / 48_000.0),
            });
            for (var channel = 0; channel < 2; channel++)
                Assert.Equal(whole.Channel(channel).Slice(start, part.SampleCount), part.Channel(channel));
        }
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1, 444)]
    [InlineData(2, 1440)]
    [InlineData(2, 523)]
    public void Free_format_is_read(int layer, int length)
    {
        var frames = new LayerFrames(length);
        var kind = new Kind(layer, BitRate: 0, FreeLength: length);
        byte[] file = [.. frames.Many(kind, 3), .. frames.Many(kind with { IsPadded = true }, 2), .. frames.Many(kind, 5)];
        Assert.Equal(10 * length + 2 * (layer == 1 ? 4 : 1), file.Length);
        var wave = AudioFile.Read(file, Options);
        Assert.Equal(10 * (layer == 1 ? 384 : 1152), wave.SampleCount);
        Assert.False(wave.Damage.IsAny);
        Assert.True(wave.Channel(1).ToArray().Max() > 0.01);
        Assert.Equal(8 * file.Length / wave.Duration.TotalSeconds, AudioFile.Probe(file, Options).BitRate, 1.0);
    }

    /// <summary>The second stream has another rate, or is of another layer; both have frames of another length.</summary>
    [Fact]
    public void Streams_that_are_joined_go_on_at_the_first_rate()
    {
        var frames = new LayerFrames(4);
        byte[] first = frames.Many(new(2, Mode: 3), 20), other = frames.Many(new(1, Mode: 3), 30);
        var slower = frames.Many(new(2, 2, Mode: 3), 20);
        var alone = new[] { first, other, slower }.Select(file => AudioFile.Read(file, Options)).ToArray();
        Assert.Equal([20 * 1152, 30 * 384, 20 * 1152], alone.Select(wave => wave.SampleCount));
        Assert.Equal([44_100, 44_100, 22_050], alone.Select(wave => wave.SampleRate));
        byte[] joined = [.. first, .. other, .. slower];
        var wave = AudioFile.Read(joined, Options);
        Assert.Equal(20 * 1152 + 30 * 384 + 2 * 20 * 1152, wave.SampleCount);
        Assert.Equal(alone[0].Channel(0), wave.Channel(0)[..(20 * 1152)]);
        Assert.Equal(alone[1].Channel(0), wave.Channel(0).Slice(20 * 1152, 30 * 384));
        Assert.False(wave.Damage.IsAny);
        var info = AudioFile.Probe(joined, Options);
        Assert.Equal(("MP2", 44_100, wave.Duration), (info.Format, info.SampleRate, info.Duration));
    }

    [Fact]
    public void Frames_of_one_channel_and_two_keep_the_first_number()
    {
        var frames = new LayerFrames(4);
        byte[] mono = frames.Many(new(2, Mode: 3), 20), stereo = frames.Many(new(2), 20);
        Assert.Equal(2, AudioFile.Read((byte[])[.. stereo, .. mono], Options).ChannelCount);
        var wave = AudioFile.Read((byte[])[.. mono, .. stereo], Options);
        Assert.Equal((1, 40 * 1152), (wave.ChannelCount, wave.SampleCount));
        Assert.True(wave.Damage is { HasOtherChannels: true, LostFrameCount: 0 });
    }

    /// <summary>The tag is longer than what a decoder that takes all of a file is shown of it.</summary>
    [Fact]
    public void Tags_are_passed_over_and_told()
    {
        byte[] title = [.. "TIT2"u8, 0, 0, 0, 5, 0, 0, 3, .. "Song"u8], fill = new byte[300_000];
        var size = title.Length + fill.Length;
        byte[] tag = [.. "ID3"u8, 3, 0, 0, (byte)(size >> 21 & 127), (byte)(size >> 14 & 127), (byte)(size >> 7 & 127), (byte)(size & 127),
            .. title, .. fill];
        using var folder = new TemporaryFolder();
        var path = folder.File("song.mp2");
        File.WriteAllBytes(path, [.. tag, .. new LayerFrames(1).Many(new(2), 5), .. "TAG"u8, .. new byte[125]]);
        var wave = AudioFile.Read(path, Options);
        Assert.Equal((5 * 1152, false), (wave.SampleCount, wave.Damage.IsAny));
        Assert.Equal(("MP2", "Song"), (AudioFile.Probe(path, Options).Format, AudioFile.Probe(path, Options).Title));
    }

    /// <summary>Read through a window: as much memory for 40 minutes as for 4.</summary>
    [Fact]
    public void Pieces_do_not_take_all_of_a_file()
    {
        var frames = new LayerFrames(2).Many(new(2, BitRate: 14), 100);
        Assert.Equal(100 * 1253, frames.Length);
        using var folder = new TemporaryFolder();
        var path = folder.File("long.mp2");
        using (var file = File.Create(path))
            for (var i = 0; i < 300; i++)
                file.Write(frames);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var samples = AudioFile.ReadPieces(path, TimeSpan.FromSeconds(1), Options with { MaxBytes = 1000 })
            .Take(3).Sum(piece => piece.SampleCount);
        Assert.Equal(3 * 44_100, samples);
        Assert.True(new FileInfo(path).Length > 35_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8 << 20);
    }
}
