using BenchmarkDotNet.Running;
using SongMood.Benchmarks;

// --quick calls each benchmark twice: whether it works, not how long it takes (benchmarks/run.sh).
const string Quick = "--quick";
InThisProcessAttribute.IsQuick = args.Contains(Quick);
// "many" is no benchmark of one call: see ManySongs.
if (args is ["many", ..])
    return await ManySongs.RunAsync(InThisProcessAttribute.IsQuick);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(argument => argument != Quick)]).ToArray();
return summaries.Length > 0 && summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
