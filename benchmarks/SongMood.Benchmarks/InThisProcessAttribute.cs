using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SongMood.Benchmarks;

/// <summary>
/// How a class is measured: in this process, and twice a benchmark where that is to be quick. BenchmarkDotNet's own attributes would have
/// the last word over what the command line says, and its own limit of 5 minutes a benchmark is too short for a machine that others use.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InThisProcessAttribute(int warmups, int iterations, int callsOfAnIteration = 0) : Attribute, IConfigSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    /// <summary>Whether each benchmark is only tried.</summary>
    public static bool IsQuick { get; set; }

    /// <inheritdoc/>
    public IConfig Config
    {
        get
        {
            var job = Job.Default.WithToolchain(new InProcessEmitToolchain(Limit, logOutput: true))
                .WithWarmupCount(IsQuick ? 1 : warmups).WithIterationCount(IsQuick ? 1 : iterations);
            var calls = IsQuick ? 1 : callsOfAnIteration; // 0: as many as it takes to measure well
            return ManualConfig.CreateEmpty().AddJob(calls > 0 ? job.WithInvocationCount(calls).WithUnrollFactor(calls) : job);
        }
    }
}
