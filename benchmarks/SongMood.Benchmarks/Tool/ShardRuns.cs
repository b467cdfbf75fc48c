using System.Diagnostics;

namespace SongMood.Benchmarks.Tool;

/// <summary>How a list of songs goes faster as it is cut into more shards, all of them at once on this machine, one thread each.</summary>
internal static class ShardRuns
{
    /// <param name="tool">SongMood.Cli.dll, published.</param>
    /// <param name="folder">Songs.</param>
    /// <param name="counts">How many shards.</param>
    public static void Run(string tool, string folder, IReadOnlyList<int> counts)
    {
        var output = Directory.CreateTempSubdirectory("songmood-shards-");
        try
        {
            var file = Path.Combine(output.FullName, "moods.parquet");
            ToolRun.Of(tool, ["predict", folder, "--format", "json"]); // which brings the files into memory
            Console.WriteLine($"Shards of {folder} at once, on {Environment.ProcessorCount} cores.");
            Console.WriteLine("| shards | clock, s | times as fast as one | merge, s |");
            Console.WriteLine("|---:|---:|---:|---:|");
            TimeSpan? one = null;
            byte[]? whole = null;
            foreach (var count in counts)
            {
                var clock = Stopwatch.StartNew();
                ToolRun.AtOnce(tool, Enumerable.Range(1, count).Select(number =>
                    (string[])["predict", folder, "--out", file, "--shard", $"{number}/{count}", "--threads", "1"]));
                var time = clock.Elapsed;
                one ??= time;
                var merge = ToolRun.Of(tool, ["merge", file]);
                var merged = File.ReadAllBytes(file);
                if (!merged.AsSpan().SequenceEqual(whole ??= merged))
                    throw new InvalidOperationException($"What {count} shards gave differs from what {counts[0]} gave.");
                Console.WriteLine($"| {count} | {time.TotalSeconds:f2} | {one / time:f2} | {merge.Clock.TotalSeconds:f2} |");
                Directory.Delete(file + ".shards", recursive: true);
            }
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }
}
