using System.Globalization;
using BenchmarkDotNet.Running;
using SongMood.Benchmarks;
using SongMood.Benchmarks.Tool;

// --quick calls each benchmark twice: whether it works, not how long it takes (benchmarks/run.sh).
const string Quick = "--quick";
InThisProcessAttribute.IsQuick = args.Contains(Quick);
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// These are no benchmarks of one call.
switch (args)
{
    case ["many", ..]:
        return await ManySongs.RunAsync(InThisProcessAttribute.IsQuick);
    case ["tool", var tool, var folder, .. var rest]: // [runs = 3] [options of predict]
        ToolRuns.Run(tool, folder, rest.Length > 0 ? int.Parse(rest[0]) : 3, [.. rest.Skip(1)]);
        return 0;
    case ["shards", var tool, var folder, .. var counts]: // [how many = 1 2 4 8 16]
        ShardRuns.Run(tool, folder, counts.Length > 0 ? [.. counts.Select(int.Parse)] : [1, 2, 4, 8, 16]);
        return 0;
}
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(argument => argument != Quick)]).ToArray();
return summaries.Length > 0 && summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
