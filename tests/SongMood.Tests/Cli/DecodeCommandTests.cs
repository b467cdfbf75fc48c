using System.Diagnostics;
using SongMood.Audio;
using SongMood.Cli.Decode;

namespace SongMood.Tests.Cli;

public sealed class DecodeCommandTests : IDisposable
{
    private static readonly string Song = Path.Combine(TestSupport.TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_has_every_sample_of_every_channel()
    {
        var path = _folder.File("out.wav");
        var run = await Tool.RunAsync("decode", Song, "-o", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Out));
        Assert.Contains($"Wrote {path}", run.Error);
        AssertSame(AudioFile.Read(Song), AudioFile.Read(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Channels_and_values_beyond_full_scale_are_kept()
    {
        var audio = new Waveform([[0f, 1.5f, float.Epsilon], [-1f, -2.25f, 1e-9f]], 11025);
        using var file = new MemoryStream();
        FloatWav.Write(file, audio);
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
        FloatWav.Write(file, new Waveform(channels, 48000));
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

    [Fact]
    public async Task Sox_reads_the_same_samples()
    {
        var path = _folder.File("out.wav");
        Assert.Equal(0, (await Tool.RunAsync("decode", Song, "-o", path)).ExitCode);
        byte[] heard;
        try
        {
            using var sox = Process.Start(new ProcessStartInfo("sox", [path, "-t", "f32", "-"]) { RedirectStandardOutput = true })!;
            using var bytes = new MemoryStream();
            await sox.StandardOutput.BaseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            await sox.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, sox.ExitCode);
            heard = bytes.ToArray();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("sox is not installed");
            return;
        }
        var audio = AudioFile.Read(Song);
        Assert.Equal(audio.SampleCount * audio.ChannelCount * 4, heard.Length);
        for (var n = 0; n < audio.SampleCount; n++)
            for (var channel = 0; channel < audio.ChannelCount; channel++) // sox works in 32-bit integers: full scale is the most it has
                Assert.Equal(Math.Clamp(audio.Channel(channel)[n], -1, 1),
                    BitConverter.ToSingle(heard, 4 * (n * audio.ChannelCount + channel)), 1e-6f);
    }

    [Fact]
    public async Task Bad_input_is_refused_and_an_existing_file_stays()
    {
        var path = _folder.Write("out.wav", "precious");
        (await Tool.RunAsync("decode", _folder.Write("a.mp3", "Dear friend, this is no music."), "-o", path)).AssertFailed("a.mp3");
        (await Tool.RunAsync("decode", _folder.Write("b.mp3", ""), "-o", path)).AssertFailed("b.mp3");
        (await Tool.RunAsync("decode", _folder.File("none.mp3"), "-o", path)).AssertFailed("none.mp3");
        Assert.Equal("precious", File.ReadAllText(path));
        (await Tool.RunAsync("decode", Song, "-o", _folder.File("out.mp3"))).AssertFailed("out.mp3 ends with '.mp3'; expected .wav");
        (await Tool.RunAsync("decode", Song, "-o", _folder.File("none/out.wav"))).AssertFailed("There is no folder");
        (await Tool.RunAsync("decode", Song)).AssertFailed("--out");
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    private static void AssertSame(Waveform expected, Waveform actual)
    {
        Assert.Equal((expected.SampleRate, expected.ChannelCount, expected.SampleCount),
            (actual.SampleRate, actual.ChannelCount, actual.SampleCount));
        for (var channel = 0; channel < expected.ChannelCount; channel++)
            Assert.True(expected.Channel(channel).SequenceEqual(actual.Channel(channel)), $"channel {channel}");
    }
}
