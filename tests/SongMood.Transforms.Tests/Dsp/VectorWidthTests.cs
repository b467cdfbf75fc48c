using System.Diagnostics;
using SongMood.Dsp;

namespace SongMood.Transforms.Tests.Dsp;

/// <summary>
/// The kernels pick a vector width by what the processor has. So that the others are tested too, this runs the tests of the transform
/// and of the golden cases again in processes where the runtime is told to do without.
/// </summary>
public class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Tests_hold_without(string variable)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SongMood.Transforms.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program, ["-class", typeof(FftTests).FullName!, "-class", typeof(GoldenTests).FullName!])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[variable] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output);
        Assert.DoesNotContain("Total: 0", output);
    }
}
