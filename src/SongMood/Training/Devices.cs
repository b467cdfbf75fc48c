using System.Globalization;
using TorchSharp;

namespace SongMood.Training;

/// <summary>Where a network is trained. The CUDA part could not be run where it was written: no GPU was at hand.</summary>
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

    private static int? CudaIndex(string? name) =>
        name?.StartsWith("cuda:", StringComparison.Ordinal) == true &&
        int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
