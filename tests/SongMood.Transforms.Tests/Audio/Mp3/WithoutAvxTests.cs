using System.Diagnostics;

namespace SongMood.Transforms.Tests.Audio.Mp3;

/// <summary>The decoder's tests again in a process where the runtime is told to do without AVX.</summary>
public class WithoutAvxTests
{
    [Fact]
    public async Task The_decoder_is_the_same_without_vectors_of_eight()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SongMood.Transforms.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        string[] arguments = ["-class", typeof(FrameDecoderTests).FullName!, "-class", typeof(Mp3FixtureTests).FullName!];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableAVX"] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output);
        Assert.DoesNotContain("Total: 0", output);
    }
}
