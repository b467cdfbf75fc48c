using System.Diagnostics;
using SongMood.Audio;

namespace SongMood.Formats.Tests;

public class FfmpegTests
{
    private static readonly string? Program = AudioFormats.FindFfmpeg();

    [Theory]
    [InlineData("alac", "m4a", true)]
    [InlineData("wavpack", "wv", true)]
    [InlineData("aac", "m4a", false)]
    [InlineData("wmav2", "wma", false)]
    [InlineData("aac", "aac", false)]
    public void What_ffmpeg_reads_is_read(string codec, string container, bool isExact)
    {
        var (file, original) = Make(codec, container);
        var options = new AudioReadOptions { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }) };
        var wave = AudioFile.Read(file, options);
        Assert.Equal((original.SampleRate, original.ChannelCount), (wave.SampleRate, wave.ChannelCount));
        Assert.InRange(wave.SampleCount, original.SampleCount - (isExact ? 0 : 2048), original.SampleCount + (isExact ? 0 : 8192));
        if (isExact)
            Assert.Equal(original.Channel(1), wave.Channel(1));
        var info = AudioFile.Probe(file, options);
        Assert.Equal(wave.Duration, info.Duration);
        if (container != "aac")
            Assert.Equal("Fixture", info.Title);
        var part = AudioFile.Read(file, options with { Offset = TimeSpan.FromSeconds(0.1), Duration = TimeSpan.FromSeconds(0.1) });
        Assert.Equal(wave.Channel(0).Slice(wave.SampleRate / 10, wave.SampleRate / 10), part.Channel(0));
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(file)); // nobody asked for it
    }

    [Fact]
    public void A_damaged_file_is_refused_with_what_ffmpeg_says()
    {
        var (file, _) = Make("alac", "m4a");
        file.AsSpan(40).Clear();
        var options = new AudioReadOptions { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }) };
        Assert.Contains("ffmpeg", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message);
    }

    [Fact]
    public void Without_the_program_the_error_says_what_to_install()
    {
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        var options = new AudioReadOptions { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true, FfmpegPath = "/no/ffmpeg" }) };
        Assert.Contains("install ffmpeg", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message);
    }

    [Fact]
    public void It_is_ended_when_it_takes_too_long()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program that does not end is a shell script");
        using var folder = new TemporaryFolder();
        var slow = folder.File("slow");
        File.WriteAllText(slow, "#!/bin/sh\nexec sleep 60\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var settings = new AudioFormatsOptions { UseFfmpeg = true, FfmpegPath = slow, FfmpegTimeout = TimeSpan.FromSeconds(0.5) };
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        var start = Stopwatch.GetTimestamp();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, new() { Decoders = AudioFormats.Decoders(settings) }));
        Assert.Contains("FfmpegTimeout", error.Message);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(40)); // it would have taken 60
    }

    private static (byte[] File, Waveform Original) Make(string codec, string container)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var wav = folder.File("sound.wav");
        var file = folder.File("sound." + container);
        Run("-i", FormatsFixtures.PathOf("vorbis-stereo.ogg"), "-ac", "2", "-c:a", "pcm_s16le", wav);
        Run("-i", wav, "-metadata", "title=Fixture", "-c:a", codec, file);
        return (File.ReadAllBytes(file), AudioFile.Read(wav));
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, ["-v", "error", "-nostdin", "-y", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
