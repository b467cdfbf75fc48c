using SongMood.Audio;
using SongMood.Audio.Wav;

namespace SongMood.Transforms.Tests.Audio.Wav;

public class FloatWavTests
{
    [Fact]
    public void Channels_and_values_beyond_full_scale_are_kept()
    {
        var audio = new Waveform([[0f, 1.5f, float.Epsilon], [-1f, -2.25f, 1e-9f]], 11025);
        using var file = new MemoryStream();
        audio.WriteWav(file);
        Assert.Equal(FloatWav.LengthOf(3, 2), file.Length);
        AssertSame(audio, AudioFile.Read(file.ToArray()));
    }

    [Fact]
    public void Long_audio_is_written_in_pieces_without_a_seam()
    {
        var random = new Random(3);
        var channels = Enumerable.Range(0, 3)
            .Select(_ => Enumerable.Range(0, 40_001).Select(_ => random.NextSingle() - 0.5f).ToArray()).ToArray();
        using var file = new MemoryStream();
        new Waveform(channels, 48000).WriteWav(file);
        AssertSame(new Waveform(channels, 48000), AudioFile.Read(file.ToArray()));
    }

    [Fact]
    public void What_a_wav_file_cannot_hold_is_refused()
    {
        Assert.Equal(uint.MaxValue + 8L - 1, FloatWav.LengthOf((uint.MaxValue - 50) / 4, 1)); // the last that fits
        var error = Assert.Throws<InvalidDataException>(() => FloatWav.LengthOf((uint.MaxValue - 50) / 4 + 1, 1));
        Assert.Contains("4 GiB", error.Message);
        Assert.Throws<InvalidDataException>(() => FloatWav.LengthOf(int.MaxValue, 2));
    }

    private static void AssertSame(Waveform expected, Waveform actual)
    {
        Assert.Equal((expected.SampleRate, expected.ChannelCount, expected.SampleCount),
            (actual.SampleRate, actual.ChannelCount, actual.SampleCount));
        for (var channel = 0; channel < expected.ChannelCount; channel++)
            Assert.True(expected.Channel(channel).SequenceEqual(actual.Channel(channel)), $"channel {channel}");
    }
}
