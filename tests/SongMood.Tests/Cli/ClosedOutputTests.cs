using System.Diagnostics;
using SongMood.Cli;

namespace SongMood.Tests.Cli;

/// <summary>Whoever reads the results may stop, as head does: that ends the run, at once and without a word.</summary>
public sealed class ClosedOutputTests(TrainedTones tones) : IDisposable
{
    private const int SongCount = 3000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_closed_pipe_ends_the_run_in_the_middle_of_many_songs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes are told from files on Unix only");
        var song = _folder.Write("songs/0.wav", ToneFiles.Wav(300, 1));
        for (var i = 1; i < SongCount; i++)
            File.CreateSymbolicLink(_folder.File($"songs/{i}.wav"), song);
        using var process = ToolProcess.Start(
            ToolProcess.Assembly, ["predict", _folder.File("songs"), "--model", tones.Model, "--format", "json", "--verbose"]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"mood\"", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        process.StandardOutput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitCode.OutputClosed, ""), (process.ExitCode, await errors));
    }

    [Theory]
    [InlineData("2>/dev/full", 1, "")]
    [InlineData("2>&-", 1, "")]
    [InlineData(">/dev/full", 2, "songmood: The standard output cannot be written: ")]
    public async Task Messages_that_cannot_be_written_are_no_crash_and_results_that_cannot_are_told(
        string redirection, int exitCode, string says)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        var script = $"dotnet '{ToolProcess.Assembly}' predict nowhere.mp3 --model '{tones.Model}' {redirection}";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(says, errors);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Equal(exitCode == 1, (await output).Contains("nowhere.mp3: there is no such file"));
    }

    [Fact]
    public async Task What_was_asked_for_as_a_file_is_written_before_tables_that_nobody_reads()
    {
        var json = _folder.File("out.json");
        using var closed = new ClosedWriter();
        var code = await SongMoodTool.RunAsync(["evaluate", "--data", tones.Labels, "--model", tones.Model, "--json", json],
            new ToolConsole(closed, TextWriter.Null), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.OutputClosed, code);
        Assert.Contains("accuracy", await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
    }

    private sealed class ClosedWriter : StringWriter
    {
        public override void Write(char value) => throw new OutputClosedException(new IOException("Broken pipe"));

        public override void Write(string? value) => throw new OutputClosedException(new IOException("Broken pipe"));

        public override void WriteLine(string? value) => throw new OutputClosedException(new IOException("Broken pipe"));
    }
}
