using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;

namespace SongMood.Training;

/// <summary>Where a network is trained.</summary>
internal static class Devices
{
    public static bool IsName(string? name) => name is "auto" or "cpu" or "cuda" || CudaIndex(name) is not null;

    public static torch.Device Find(string name)
    {
        if (name == "cpu" || (name == "auto" && !torch.cuda.is_available()))
            return torch.CPU;
        if (name == "auto")
            return torch.CUDA;
        if (!torch.cuda.is_available())
            throw new InvalidOperationException(
                $"The device '{name}' was asked for, but this process has no CUDA. That takes an NVIDIA GPU with its driver, and libtorch "
                + $"for CUDA in the app in place of libtorch for the CPU ({TorchPackages.HowToAdd(TorchPackages.Cuda)}). Use Device = "
                + "\"cpu\" or \"auto\" otherwise.");
        var index = CudaIndex(name) ?? 0;
        if (index >= torch.cuda.device_count())
            throw new InvalidOperationException(
                $"The device '{name}' was asked for, but this process has {Plural.Of(torch.cuda.device_count(), "CUDA device")}, counted "
                + "from 0.");
        return torch.device(DeviceType.CUDA, index);
    }

    /// <summary>
    /// Whether libtorch says so of a GPU ("CUDA out of memory. Tried ...", or "CUDA error: out of memory" where others have filled it); of
    /// the computer's own memory it says something else.
    /// </summary>
    public static bool IsOutOfMemory(ExternalException error) => error.Message.Contains("CUDA", StringComparison.Ordinal)
        && error.Message.Contains("out of memory", StringComparison.Ordinal);

    /// <summary>What to do about it.</summary>
    public static InvalidOperationException OutOfMemory(ExternalException error, int batchSize) => new(
        $"The GPU's memory is not enough to train with: all rows lie in it, and what the network makes of {Plural.Of(batchSize, "row")} at "
        + "a time; or another process has filled it. Take a smaller BatchSize, fewer or shorter rows, or Device = \"cpu\" "
        + "('songmood train --batch, --crop-frames, --device cpu'). "
        + $"libtorch says: {error.Message.Split('\n')[0]}", error);

    private static int? CudaIndex(string? name) =>
        name?.StartsWith("cuda:", StringComparison.Ordinal) == true &&
        int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
