using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SongMood.Benchmarks.Peers;

/// <summary>
/// essentia.js (npm) in a process of node that stays: what a browser's or a server's JavaScript pays for tempo, key, loudness,
/// danceability, onsets and brightness. <c>SONGMOOD_ESSENTIA</c> names the folder in which <c>npm install essentia.js</c> ran.
/// </summary>
internal sealed class EssentiaJs : IDisposable
{
    private readonly string _samples = Path.GetTempFileName();
    private readonly Process _node;

    /// <param name="mono">At 44.1 kHz.</param>
    public EssentiaJs(ReadOnlySpan<float> mono)
    {
        var folder = Environment.GetEnvironmentVariable("SONGMOOD_ESSENTIA") ?? throw new InvalidOperationException(
            "SONGMOOD_ESSENTIA must name the folder in which 'npm install essentia.js' ran, and node must be on the PATH");
        File.WriteAllBytes(_samples, MemoryMarshal.AsBytes(mono));
        _node = Process.Start(new ProcessStartInfo(
            "node", [Path.Combine(AppContext.BaseDirectory, "Peers", "essentia.cjs"), folder, _samples])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Computes all of them.</summary>
    public JsonElement Compute()
    {
        _node.StandardInput.WriteLine();
        _node.StandardInput.Flush();
        var line = _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node ended; what it said is above");
        return JsonDocument.Parse(line).RootElement;
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
        File.Delete(_samples);
    }
}
