using System.Runtime.InteropServices;

namespace SongMood.Training;

/// <summary>
/// The threads that share the work of torch's operations on the CPU. Each thread that calls torch has a team of its own, itself the
/// first in it; on the CPU, backward runs on the thread that calls it, with the same team.
/// </summary>
internal static class TorchThreads
{
    private static readonly Lazy<ParallelFor?> Function = new(() =>
        LibTorch.Find("torch_parallel_for") is not 0 and var address ? Marshal.GetDelegateForFunctionPointer<ParallelFor>(address) : null);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Part(long begin, long end, nint context);

    // torch/csrc/stable/c/shim.h, from libtorch 2.10 on. It gives each thread of the team one run of what lies from begin to end, where
    // there are as many as threads and a run is of at least one (at::parallel_for).
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ParallelFor(long begin, long end, long grainSize, Part part, nint context);

    /// <summary>
    /// Does something on each thread of the team of the thread at hand, once, and waits for it. It must not throw. False, and nothing
    /// done, where libtorch is older than 2.10.
    /// </summary>
    public static bool ForEach(Action action)
    {
        if (Function.Value is not { } parallelFor)
            return false;
        return parallelFor(0, TorchSharp.torch.get_num_threads(), 1, (_, _, _) => action(), 0) == 0;
    }

    /// <summary>
    /// The number of threads that was last set in the process. OpenMP keeps a number for each thread; only a thread that never asked
    /// before gets the process's, so that two trainings on two threads of the pool are one.
    /// </summary>
    public static int CountOfProcess()
    {
        var count = 0;
        var asker = new Thread(() => count = TorchSharp.torch.get_num_threads());
        asker.Start();
        asker.Join();
        return count;
    }
}
