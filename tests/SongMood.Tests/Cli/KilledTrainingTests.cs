using System.Diagnostics;
using SongMood.Cli;

namespace SongMood.Tests.Cli;

/// <summary>The tool as a process of its own, which is killed, or told to stop, while it trains.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private const int Epochs = 800;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Checkpoints => _folder.File("work");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_and_called_again_it_writes_the_zip_of_an_unbroken_run()
    {
        var (broken, whole) = (_folder.File("broken.zip"), _folder.File("whole.zip"));
        var command = Command(broken, "--checkpoint", Checkpoints);
        using (var process = ToolProcess.Start(ToolProcess.Assembly, command))
        {
            await TrainingBeganAsync(process);
            process.Kill(); // SIGKILL: it has no say in it
            await process.WaitForExitAsync(Cancellation);
            Assert.NotEqual(0, process.ExitCode);
        }
        Assert.False(File.Exists(broken));
        var again = await ToolProcess.RunAsync(ToolProcess.Assembly, command);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Matches($@"Going on after epoch \d+ of {Epochs}\.", again.Error);
        var unbroken = await ToolProcess.RunAsync(ToolProcess.Assembly, Command(whole));
        Assert.True(unbroken.ExitCode == 0, unbroken.Error);
        Assert.DoesNotContain("Going on", unbroken.Error);
        Assert.Equal(await File.ReadAllBytesAsync(whole, Cancellation), await File.ReadAllBytesAsync(broken, Cancellation));

        var other = await ToolProcess.RunAsync(ToolProcess.Assembly, [.. command, "--seed", "7"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("is of another training", other.Error);
        Assert.Contains("Name another folder, or delete it to begin anew", other.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interrupted_it_writes_what_there_is_where_that_is_asked_for(bool keep)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems send Ctrl-C otherwise");
        var model = _folder.File("model.zip");
        string[] extra = ["--checkpoint", Checkpoints, .. keep ? ["--keep-best"] : Array.Empty<string>()];
        using var process = ToolProcess.Start(ToolProcess.Assembly, Command(model, extra));
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await TrainingBeganAsync(process);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 130, $"{process.ExitCode}: {await error}");
        Assert.Equal(keep, File.Exists(model));
        Assert.Contains(keep ? $"Wrote {model}" : $"What is done is kept in {Checkpoints}; the same command goes on from there.",
            await error);
        if (!keep)
            return;
        Assert.Contains("as it was when it was stopped", await error);
        var said = await Tool.RunAsync("predict", _folder.File("music"), "--model", model, "--format", "json");
        Assert.Equal((0, 12), (said.ExitCode, said.JsonLines.Length));
    }

    /// <summary>On a slow machine, or with a large network, more than what other commands have before they are ended.</summary>
    [Fact]
    public void What_is_to_be_kept_has_the_time_to_be_written()
    {
        string[] train = ["train", "--data", "labels.csv", "--model", "moods.zip"];
        var root = SongMoodTool.CreateRoot(new ToolConsole(TextWriter.Null, TextWriter.Null), train);
        Assert.Equal(TimeSpan.FromSeconds(20), SongMoodTool.TimeToStop(root.Parse(train)));
        Assert.Equal(TimeSpan.FromHours(1), SongMoodTool.TimeToStop(root.Parse([.. train, "--keep-best"])));
    }

    /// <summary>Long enough to be in the midst of it, on songs in a folder for each mood.</summary>
    private string[] Command(string model, params string[] extra)
    {
        if (!Directory.Exists(_folder.File("music")))
            foreach (var (mood, hz) in new[] { ("low", 200), ("high", 4000) })
                for (var i = 0; i < 6; i++)
                    _folder.Write($"music/{mood}/artist {i}/{i}.wav", ToneFiles.Wav(hz + 20 * i, 1.2, seed: i));
        return ["train", "--data", _folder.File("music"), "--model", model, "--hidden", "4", "--epochs", $"{Epochs}", "--batch", "6",
            .. extra];
    }

    private async Task TrainingBeganAsync(Process process)
    {
        var checkpoint = Path.Combine(Checkpoints, "model", "checkpoint.bin");
        while (!File.Exists(checkpoint))
        {
            Assert.False(process.HasExited, "it ended before an epoch did");
            await Task.Delay(20, Cancellation);
        }
        Assert.False(process.HasExited, "it ended before it could be stopped");
    }
}
