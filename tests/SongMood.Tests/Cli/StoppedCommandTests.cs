using System.Diagnostics;

namespace SongMood.Tests.Cli;

/// <summary>Commands that read one song, told to stop while they do.</summary>
public sealed class StoppedCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Killed by the signal, they would have the same exit code, but leave what they had opened.</summary>
    [Theory]
    [InlineData("INT", "decode", "SONG", "-o", "OUT.wav")]
    [InlineData("TERM", "decode", "SONG", "-o", "OUT.wav")]
    [InlineData("INT", "spectrogram", "SONG", "-o", "OUT.png")]
    [InlineData("INT", "predict", "SONG", "-o", "OUT.csv")]
    [InlineData("INT", "tag", "SONG")]
    [InlineData("INT", "similar", "SONG", "--in", "INDEX")]
    public async Task They_leave_nothing_behind(string signal, params string[] command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems send Ctrl-C otherwise");
        var (work, output) = (_folder.File("tmp"), _folder.File("out"));
        Directory.CreateDirectory(work);
        Directory.CreateDirectory(output);
        var song = _folder.Write("song.m4a", FakeFfmpeg.Mp4);
        var began = _folder.File("began");
        var index = _folder.File("songs.index");
        if (command.Contains("INDEX"))
            Assert.Equal(0, (await Tool.RunAsync("index", _folder.Write("known.wav", ToneFiles.Wav(300)), "--out", index)).ExitCode);
        // The song is endless: what stands for ffmpeg says that it was called, and never ends.
        var path = FakeFfmpeg.Write(_folder, $": > '{began}'\nexec sleep 600");

        using var process = ToolProcess.Start(
            ToolProcess.Assembly,
            [.. command.Select(word => word.Replace("SONG", song).Replace("OUT", Path.Combine(output, "out")).Replace("INDEX", index))],
            ("PATH", path), ("TMPDIR", work));
        var (said, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        while (!File.Exists(began))
        {
            Assert.False(process.HasExited, $"It has ended: {(process.HasExited ? await error : "")}");
            await Task.Delay(20, Cancellation);
        }
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            await kill.WaitForExitAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 130, $"{process.ExitCode}: {await error}");
        Assert.Contains("songmood: cancelled.", await error);
        Assert.Equal("", await said);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work, "songmood-*"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(output));
    }
}
