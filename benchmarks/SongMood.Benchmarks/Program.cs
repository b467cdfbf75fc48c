using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

// --quick runs each benchmark once: whether it works, not how long it takes (benchmarks/run.sh).
const string Quick = "--quick";
IConfig config = args.Contains(Quick)
    ? DefaultConfig.Instance.AddJob(Job.Default.WithWarmupCount(1).WithIterationCount(1).AsMutator())
    : DefaultConfig.Instance;
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args.Where(argument => argument != Quick)], config);
