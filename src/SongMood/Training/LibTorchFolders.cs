using System.Runtime.InteropServices;

namespace SongMood.Training;

/// <summary>
/// Where libtorch may lie if the app does not carry it, as the tool, which would be ten times its size with it: in the folder that
/// <see cref="Variable"/> names, then in NuGet's package folder, in the version that this TorchSharp was built for.
/// </summary>
internal static class LibTorchFolders
{
    /// <summary>The environment variable that names a folder with libtorch's libraries.</summary>
    public const string Variable = "SONGMOOD_LIBTORCH";

    private static string? Named => Value(Variable);

    /// <summary>
    /// As NuGet has it, but for a <c>globalPackagesFolder</c> in a nuget.config, of which a running program knows nothing.
    /// </summary>
    private static string Packages => Value("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>In the order in which they are tried.</summary>
    public static IEnumerable<string> All
    {
        get
        {
            if (Named is { } named)
                yield return named;
            if (TorchPackages.Cpu is { } package)
                yield return Path.Combine(Packages, package, TorchPackages.VersionOf(package), "runtimes",
                    package["libtorch-cpu-".Length..], "native");
        }
    }

    /// <summary>A sentence for an error where the variable did not help; else nothing.</summary>
    public static string WhatWasNamed => Named is { } named
        ? $"{Variable} is '{named}', where there is no {Library} that loads here: it must be the folder with libtorch's libraries. " : "";

    /// <summary>What brings a package to where it is looked for.</summary>
    public static string HowToDownload(string package) =>
        $"dotnet package download {package}@{TorchPackages.VersionOf(package)} --output \"{Packages}\"";

    private static string Library =>
        OperatingSystem.IsWindows() ? "torch.dll" : OperatingSystem.IsMacOS() ? "libtorch.dylib" : "libtorch.so";

    private static string? Value(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>
    /// Loads libtorch from a folder, with the libraries beside it that it asks for. LibTorchSharp, which asks for them by name alone, then
    /// gets those that are loaded.
    /// </summary>
    public static bool TryLoadFrom(string folder) =>
        Path.Combine(folder, Library) is var library && File.Exists(library) && NativeLibrary.TryLoad(Path.GetFullPath(library), out _);
}
