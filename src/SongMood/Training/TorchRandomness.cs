using Microsoft.ML.Runtime;
using TorchSharp;

namespace SongMood.Training;

/// <summary>What makes one seed one network, on the CPU and on a GPU.</summary>
internal static class TorchRandomness
{
    /// <summary>Begins torch's random numbers anew. A GPU has a generator of its own, which torch.manual_seed leaves alone here.</summary>
    public static void Seed(long seed, torch.Device device)
    {
        torch.manual_seed(seed);
        if (device.type == DeviceType.CUDA)
            torch.cuda.manual_seed_all(seed);
    }

    /// <summary>
    /// Keeps cuDNN to convolutions that always add in one order, until it is disposed: it may else take some whose threads add as they
    /// come. On the CPU nothing is to be done.
    /// </summary>
    public static IDisposable? InOneOrder(torch.Device device, IChannel channel)
    {
        if (device.type != DeviceType.CUDA)
            return null;
        if (TorchContext.TryGet("deterministicCuDNN") is { } before && TorchContext.TrySet("setDeterministicCuDNN", true))
            return new Restored(before);
        channel.Warning("libtorch's convolutions on a GPU may add in any order here: one seed may not give one network.");
        return null;
    }

    private sealed class Restored(bool before) : IDisposable
    {
        public void Dispose() => TorchContext.TrySet("setDeterministicCuDNN", before);
    }
}
