using SongMood.Audio;

namespace SongMood.Transforms.Tests.Audio;

public class Mp3FixtureTests
{
    public static TheoryData<string> Names => [.. FixtureSignal.AllPaths().Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_encoded_comes_back(string name)
    {
        var (rate, channels, seconds) = FixtureSignal.Parameters(name);
        var original = FixtureSignal.Make(rate, channels, seconds);
        var decoded = AudioFile.Read(FixtureSignal.PathOf(name));

        Assert.Equal(rate, decoded.SampleRate);
        Assert.Equal(channels, decoded.ChannelCount);
        Assert.Equal(0, decoded.DamagedFrameCount);
        var delay = 0;
        if (name.Contains("untagged"))
            delay = 529 + 576; // nothing says so in the file: the decoder's delay and LAME's
        else
            Assert.Equal(original[0].Length, decoded.SampleCount); // gapless
        for (var channel = 0; channel < channels; channel++)
        {
            var decibels = SignalToNoise(original[channel], decoded.Channel(channel)[delay..]);
            TestContext.Current.TestOutputHelper?.WriteLine($"{name} channel {channel}: {decibels:F1} dB");
            Assert.True(decibels > 10, $"{name} channel {channel}: signal to noise {decibels:F1} dB");
        }
    }

    [Fact]
    public void Damaged_bytes_in_the_middle_are_left_out_and_counted()
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));
        var whole = AudioFile.Read(bytes);
        bytes.AsSpan(2000, 300).Clear();
        var damaged = AudioFile.Read(bytes);
        Assert.True(damaged.DamagedFrameCount > 0);
        Assert.InRange(damaged.SampleCount, whole.SampleCount - 4 * 1152, whole.SampleCount - 1);
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(5001)]
    public void A_file_cut_short_gives_what_is_there(int length)
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));
        var whole = AudioFile.Read(bytes);
        var cut = AudioFile.Read(bytes.AsMemory(0, length));
        Assert.InRange(cut.SampleCount, 1, whole.SampleCount - 1);
        Assert.Equal(whole.Channel(1)[..cut.SampleCount], cut.Channel(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(70001)]
    public void Garbage_before_the_first_frame_is_passed_over(int count)
    {
        var file = File.ReadAllBytes(FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3"));
        var garbage = new byte[count];
        new Random(count).NextBytes(garbage);
        var whole = AudioFile.Read(file);
        var found = AudioFile.Read((byte[])[.. garbage, .. file]);
        Assert.Equal(whole.Channel(0), found.Channel(0));
    }

    private static double SignalToNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> decoded)
    {
        double signal = 0, noise = 0;
        for (var i = 0; i < original.Length; i++)
        {
            signal += original[i] * original[i];
            noise += (original[i] - decoded[i]) * (original[i] - decoded[i]);
        }

        return 10 * Math.Log10(signal / noise);
    }
}
