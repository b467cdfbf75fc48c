using SongMood.Audio;
using Kind = SongMood.Formats.Tests.MpegLayers.LayerFrames.Kind;

namespace SongMood.Formats.Tests.MpegLayers;

/// <summary>What is lost is left out, counted and said. The library that read these layers before dropped it in silence.</summary>
public class LayersDamageTests
{
    private const int FrameCount = 20;

    private static readonly AudioReadOptions Options = new() { Decoders = AudioFormats.Decoders() };

    public static TheoryData<int> Layers => [1, 2];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_frame_with_a_wrong_checksum_is_lost(int layer)
    {
        var (file, length, samples) = Make(layer, isProtected: true);
        var whole = AudioFile.Read(file, Options);
        Assert.False(whole.Damage.IsAny);
        file[7 * length + 7] ^= 0x10; // in the bit allocation
        var wave = AudioFile.Read(file, Options);
        Assert.Equal((1, 0L), (wave.Damage.LostFrameCount, wave.Damage.SkippedByteCount));
        Assert.Equal((FrameCount - 1) * samples, wave.SampleCount);
        Assert.Equal(whole.Channel(0)[..(7 * samples)], wave.Channel(0)[..(7 * samples)]);
        // The filterbank begins anew, and is as it was after 480 samples.
        Assert.Equal(whole.Channel(0)[(8 * samples + 480)..], wave.Channel(0)[(7 * samples + 480)..]);
        Assert.Equal(whole.Duration.TotalSeconds, wave.Damage.Promised!.Value.TotalSeconds, 1e-3);
        Assert.Equal("1 frame is missing or damaged and was left out", wave.Damage.ToString().Split(';')[0]);
    }

    /// <summary>Bits that are not protected may be anything.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void A_changed_sample_is_not_lost(int layer)
    {
        var (file, length, _) = Make(layer, isProtected: true);
        file[8 * length - 1] ^= 0x10;
        Assert.False(AudioFile.Read(file, Options).Damage.IsAny);
    }

    /// <summary>There are encoders whose checksums are all wrong.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void Checksums_that_are_all_wrong_are_not_believed(int layer)
    {
        var (file, length, _) = Make(layer, isProtected: true);
        var whole = AudioFile.Read(file, Options);
        for (var at = 4; at < file.Length; at += length)
            file[at] ^= 0x55;
        var wave = AudioFile.Read(file, Options);
        Assert.False(wave.Damage.IsAny);
        Assert.Equal(whole.Channel(1), wave.Channel(1));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Bytes_that_are_no_frames_and_a_cut_last_frame_are_told(int layer)
    {
        var (file, length, samples) = Make(layer);
        byte[] garbage = [.. Enumerable.Range(1, 700).Select(i => (byte)(i * 37 % 251))];
        var put = AudioFile.Read((byte[])[.. file[..(5 * length)], .. garbage, .. file[(5 * length)..]], Options);
        Assert.Equal((1, 700L, FrameCount * samples), (put.Damage.LostFrameCount, put.Damage.SkippedByteCount, put.SampleCount));
        var cut = AudioFile.Read(file[..^10], Options);
        Assert.Equal((1, length - 10L), (cut.Damage.LostFrameCount, cut.Damage.SkippedByteCount));
        Assert.Equal((FrameCount - 1) * samples, cut.SampleCount);
        var started = AudioFile.Read(file[10..], Options);
        Assert.Equal((1, (FrameCount - 1) * samples), (started.Damage.LostFrameCount, started.SampleCount));
    }

    /// <summary>More bits than the frame has; in Layer I also the number that is forbidden.</summary>
    [Fact]
    public void A_frame_that_cannot_be_is_lost()
    {
        var (two, length, _) = Make(2);
        two.AsSpan(3 * length + 4, 30).Fill(0xFF);
        Assert.Equal(1, AudioFile.Read(two, Options).Damage.LostFrameCount);
        (var one, length, _) = Make(1, bitRate: 14);
        one[3 * length + 4] |= 0xF0;
        Assert.Equal(1, AudioFile.Read(one, Options).Damage.LostFrameCount);
        for (var at = 0; at < one.Length; at += length)
            one[at + 4] |= 0xF0;
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(one, Options));
        Assert.StartsWith("20 damaged MPEG Layer I or II frames and no other were found, so that no audio remains", error.Message);
        Assert.Equal((0L, 0L), (error.FrameIndex, error.BytePosition));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_file_of_one_frame_is_read(int layer)
    {
        var (file, length, samples) = Make(layer);
        Assert.Equal(samples, AudioFile.Read(file[..length], Options).SampleCount);
    }

    private static (byte[] File, int FrameLength, int FrameSamples) Make(int layer, bool isProtected = false, int bitRate = 10)
    {
        var file = new LayerFrames(layer).Many(new Kind(layer, Rate: 1, BitRate: bitRate, IsProtected: isProtected), FrameCount);
        return (file, file.Length / FrameCount, layer == 1 ? 384 : 1152);
    }
}
