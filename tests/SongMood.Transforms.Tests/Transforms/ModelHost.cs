using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>Runs tests/SongMood.Transforms.ModelHost: a process that has never heard of the components in a model file.</summary>
internal static class ModelHost
{
    /// <summary>One line a column and row: the number of values and a hash of their bits.</summary>
    public static async Task<string[]> RunAsync(string model, string data, params string[] columns)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "modelhost.dll"), model, data, .. columns])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The same lines, of rows in this process.</summary>
    public static string[] Describe(IDataView data, params string[] columns) => [.. columns.SelectMany(column => data.Read(column)
        .Select(values => $"{column} {values.Length} {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)))}"))];
}
