using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SongMood.Transforms.Tests;

/// <summary>
/// Runs test classes again in a process where the runtime is told to do without some of the processor's instructions. The process first
/// checks that it does: a setting that the runtime does not know changes nothing, and says nothing.
/// </summary>
internal static class FewerInstructions
{
    /// <summary>By this the process knows what it is to find.</summary>
    public const string Expected = "SONGMOOD_TEST_INSTRUCTIONS";

    /// <summary>What the kernels ask for, and this process has.</summary>
    public static string[] Present =>
    [
        .. new[]
        {
            (Vector512.IsHardwareAccelerated, "Vector512"),
            (Avx512F.IsSupported, "Avx512F"),
            (Avx2.IsSupported, "Avx2"),
            (Fma.IsSupported, "Fma"),
            (Avx.IsSupported, "Avx"),
            (Vector128.IsHardwareAccelerated, "Vector128"),
        }.Where(instructions => instructions.Item1).Select(instructions => instructions.Item2),
    ];

    /// <summary>
    /// Runs the classes with this setting at 0, without these instructions; skipped where the processor has none of them.
    /// </summary>
    public static async Task RunAsync(string setting, string without, params Type[] classes)
    {
        var here = Present;
        var there = here.Except(without.Split(' ')).ToArray();
        Assert.SkipWhen(there.Length == here.Length,
            $"{setting}=0 changes nothing: this processor has only {string.Join(", ", here)}, as has every other test here");
        var program = Path.Combine(AppContext.BaseDirectory, "SongMood.Transforms.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        string[] arguments =
            ["-explicit", "on", .. classes.Prepend(typeof(FewerInstructionsCheck)).SelectMany(type => new[] { "-class", type.FullName! })];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment[setting] = "0";
        start.Environment[Expected] = string.Join(' ', there);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Failed: 0", output);
        Assert.Contains("Not Run: 0", output); // so the check below was run
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{setting}=0: {string.Join(", ", there)}; {output[output.IndexOf("Total:", StringComparison.Ordinal)..].Trim()}");
    }
}

/// <summary>For the processes that <see cref="FewerInstructions"/> starts.</summary>
public class FewerInstructionsCheck
{
    [Fact(Explicit = true)]
    public void This_process_has_what_it_is_to_have_and_no_more() =>
        Assert.Equal(Environment.GetEnvironmentVariable(FewerInstructions.Expected), string.Join(' ', FewerInstructions.Present));
}
