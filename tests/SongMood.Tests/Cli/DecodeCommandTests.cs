using System.Diagnostics;
using SongMood.Audio;

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
