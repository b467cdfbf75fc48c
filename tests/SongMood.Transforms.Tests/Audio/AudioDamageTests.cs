using System.Buffers.Binary;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>What is lost is counted, and what is no loss is not.</summary>
public class AudioDamageTests
{
    private const string Tagged = "mpeg1-44100-joint-cbr128.mp3", Untagged = "mpeg2-24000-mono-untagged.mp3";

    private static byte[] Bytes(string name) => File.ReadAllBytes(FixtureSignal.PathOf(name));

    public static TheoryData<string> Names => [.. FixtureSignal.AllPaths().Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_half_of_zeros_is_counted(string name)
    {
        var bytes = Bytes(name);
        var whole = AudioFile.Read(bytes);
        Assert.Equal(AudioDamage.None, whole.Damage);
        bytes.AsSpan(bytes.Length / 2).Clear();
        var half = AudioFile.Read(bytes);
        Assert.InRange(half.SampleCount, whole.SampleCount / 4, whole.SampleCount * 3 / 4);
        Assert.True(half.DamagedFrameCount > 0);
        Assert.InRange(half.Damage.SkippedByteCount, bytes.Length / 2 - 1500, bytes.Length / 2 + 1500);
        Assert.Equal(half.Duration, half.Damage.Decoded);
        Assert.Equal(whole.Duration.TotalSeconds, half.Damage.Promised!.Value.TotalSeconds, name == Untagged || name.Contains("mono-free")
            ? 0.1 : 0.06);
    }

    public static TheoryData<string, bool> FirstHalves =>
        [.. from path in FixtureSignal.AllPaths() from isGarbage in new[] { false, true } select (Path.GetFileName(path), isGarbage)];

    [Theory]
    [MemberData(nameof(FirstHalves))]
    public void A_first_half_of_zeros_or_garbage_is_counted(string name, bool isGarbage)
    {
        var bytes = Bytes(name);
        var whole = AudioFile.Read(bytes);
        Assert.Equal(AudioDamage.None, whole.Damage);
        var lost = bytes.AsSpan(0, bytes.Length / 2);
        lost.Clear();
        if (isGarbage)
            new Random(3).NextBytes(lost);
        var half = AudioFile.Read(bytes);
        Assert.InRange(half.SampleCount, whole.SampleCount / 4, whole.SampleCount * 3 / 4);
        Assert.True(half.DamagedFrameCount > 0);
        Assert.InRange(half.Damage.SkippedByteCount, lost.Length, lost.Length + 1500);
        Assert.Equal(half.Duration, half.Damage.Decoded);
        Assert.InRange(half.Damage.Promised!.Value.TotalSeconds, 0.8 * whole.Duration.TotalSeconds, 1.4 * whole.Duration.TotalSeconds);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(23, 7)]
    [InlineData(512, 0)]
    public void A_little_padding_at_the_start_is_no_loss(int count, byte value)
    {
        foreach (var name in new[] { Tagged, Untagged })
            Assert.Equal(AudioDamage.None, AudioFile.Read((byte[])[.. Enumerable.Repeat(value, count), .. Bytes(name)]).Damage);
    }

    [Fact]
    public void Zeros_before_all_that_was_promised_are_no_loss_but_other_bytes_are()
    {
        var bytes = Bytes(Tagged);
        Assert.Equal(0, AudioFile.Read((byte[])[.. new byte[20_000], .. bytes]).DamagedFrameCount);
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        var wave = AudioFile.Read((byte[])[.. noise, .. bytes]);
        Assert.Equal(1, wave.DamagedFrameCount);
        Assert.Equal(20_000, wave.Damage.SkippedByteCount);
        Assert.Equal(AudioFile.Read(bytes).Channel(0), wave.Channel(0));
    }

    [Fact]
    public void The_frames_that_the_header_promises_and_that_are_not_there_are_counted()
    {
        // 417 or 418 bytes a frame: cut where a frame ends, so that nothing but the header tells.
        var bytes = Bytes(Tagged);
        var whole = AudioFile.Read(bytes);
        var frameStarts = Enumerable.Range(0, bytes.Length - 3)
            .Where(i => bytes[i] == 0xFF && bytes[i + 1] == 0xFB && (bytes[i + 2] & 0xF0) == 0x90).ToArray();
        var cut = AudioFile.Read(bytes.AsMemory(0, frameStarts[^5]));
        Assert.Equal(5, cut.DamagedFrameCount);
        Assert.Equal(0, cut.Damage.SkippedByteCount);
        Assert.Equal(whole.Duration.TotalSeconds, cut.Damage.Promised!.Value.TotalSeconds, 0.06);
    }

    [Fact]
    public void Garbage_in_the_middle_is_counted_with_its_bytes()
    {
        var bytes = Bytes(Untagged);
        var garbage = new byte[3001];
        new Random(3).NextBytes(garbage);
        var start = bytes.AsSpan(1000).IndexOf((ReadOnlySpan<byte>)[0xFF, bytes[1], bytes[2]]) + 1000;
        Assert.True(start > 1000);
        var damaged = AudioFile.Read((byte[])[.. bytes.AsSpan(0, start), .. garbage, .. bytes.AsSpan(start)]);
        Assert.InRange(damaged.DamagedFrameCount, 1, 4);
        Assert.Equal(3001, damaged.Damage.SkippedByteCount);
        Assert.True(damaged.Damage.Promised > damaged.Damage.Decoded);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 0x55)]
    [InlineData(23, 7)]
    [InlineData(512, 0)]
    [InlineData(300, 0xFF)]
    public void A_little_padding_at_the_end_is_no_loss(int count, byte value)
    {
        foreach (var name in new[] { Tagged, Untagged })
        {
            var bytes = Bytes(name);
            var padded = AudioFile.Read((byte[])[.. bytes, .. Enumerable.Repeat(value, count)]);
            Assert.Equal(AudioDamage.None, padded.Damage);
            Assert.Equal(AudioFile.Read(bytes).Channel(0), padded.Channel(0));
        }
    }

    [Fact]
    public void Zeros_behind_all_that_was_promised_are_no_loss_but_other_bytes_are()
    {
        var bytes = Bytes(Tagged);
        Assert.Equal(0, AudioFile.Read((byte[])[.. bytes, .. new byte[20_000]]).DamagedFrameCount);
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        var wave = AudioFile.Read((byte[])[.. bytes, .. noise]);
        Assert.Equal(1, wave.DamagedFrameCount);
        Assert.Equal(20_000, wave.Damage.SkippedByteCount);
    }

    [Fact]
    public void Tags_between_and_behind_are_no_loss()
    {
        byte[] id3V1 = [.. "TAG"u8, .. new byte[125]];
        byte[] ape =
            [.. "APETAGEX"u8, 0xD0, 7, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xA0, .. new byte[8], .. new byte[10], .. "APETAGEX"u8,
            0xD0, 7, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, .. new byte[8]];
        byte[] id3V2 = [.. "ID3\u0003\0\0\0\0\0\u0014"u8, .. new byte[20]];
        byte[] lyrics = [.. "LYRICSBEGINLYR00005words000016LYRICS200"u8];
        var bytes = Bytes(Untagged);
        var twice = AudioFile.Read((byte[])[.. bytes, .. bytes]);
        var tagged = AudioFile.Read((byte[])[.. id3V2, .. bytes, .. ape, .. id3V1, .. id3V2, .. bytes, .. lyrics, .. id3V1]);
        Assert.Equal(0, tagged.DamagedFrameCount);
        Assert.Equal(twice.Channel(0), tagged.Channel(0));
    }

    [Fact]
    public void What_is_lost_is_said_in_words()
    {
        Assert.Equal("nothing is lost", AudioDamage.None.ToString());
        var damage = new AudioDamage
        {
            LostFrameCount = 3,
            SkippedByteCount = 1,
            Decoded = TimeSpan.FromSeconds(14.94),
            Promised = TimeSpan.FromSeconds(30),
        };
        Assert.Equal("3 frames and 1 byte are missing or damaged and were left out; 14.9 s of 30.0 s are there", damage.ToString());
        Assert.Equal("1 frame is missing or damaged and was left out", new AudioDamage { LostFrameCount = 1 }.ToString());
        Assert.Contains("cut off", new AudioDamage { LostFrameCount = 1, HasFrames = false }.ToString());
    }
}
