using System.Reflection;
using System.Runtime.InteropServices;

namespace SongMood.Training;

/// <summary>
/// The packages that bring libtorch, in the versions that SongMood is built and tested with. The build writes them into the assembly, from
/// Directory.Packages.props.
/// </summary>
internal static class TorchPackages
{
    private static readonly Dictionary<string, string> Versions =
        typeof(TorchPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(item => item.Key.StartsWith("libtorch-", StringComparison.Ordinal)
                || item.Key.StartsWith("TorchSharp-", StringComparison.Ordinal))
            .ToDictionary(item => item.Key, item => item.Value!);

    /// <summary>
    /// For training on the CPU of this system; null where there is none (TorchSharp has none for Linux on Arm or for Intel Macs).
    /// </summary>
    public static string? Cpu => Known($"libtorch-cpu-{System}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");

    /// <summary>For training on an NVIDIA GPU of this system; null where there is none.</summary>
    public static string? Cuda => RuntimeInformation.ProcessArchitecture != Architecture.X64 ? null
        : Known($"TorchSharp-cuda-{(OperatingSystem.IsWindows() ? "windows" : System)}");

    private static string System => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    /// <summary>What to type, or, on a system without such a package, which there are.</summary>
    public static string HowToAdd(string? package) => package is null
        ? $"there is none for this system ({RuntimeInformation.RuntimeIdentifier}), only "
            + $"{string.Join(", ", Versions.Keys.Order(StringComparer.Ordinal))}"
        : $"dotnet add package {package} --version {VersionOf(package)}";

    /// <summary>The version of <see cref="Cpu"/> or <see cref="Cuda"/> that goes with this TorchSharp.</summary>
    public static string VersionOf(string package) => Versions[package];

    private static string? Known(string package) => Versions.ContainsKey(package) ? package : null;
}
