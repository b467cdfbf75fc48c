using System.Runtime.InteropServices;
using TorchSharp;

namespace SongMood.Training;

/// <summary>
/// Asks for libtorch before TorchSharp does, which answers with a long trace on the console and a TypeInitializationException.
/// </summary>
internal static class LibTorch
{
    private static readonly Lazy<bool> IsThere = new(() => TryLoadByName() || LibTorchFolders.All.Any(TryLoadFrom));

    /// <exception cref="InvalidOperationException">It cannot be loaded.</exception>
    public static void Require()
    {
        if (!IsThere.Value)
            throw new InvalidOperationException(
                $"Training needs libtorch, which this process cannot load. Predicting does without it. {LibTorchFolders.WhatWasNamed}"
                + (TorchPackages.Cpu is { } package
                    ? $"An app takes it along: {TorchPackages.HowToAdd(package)}. The tool songmood, or an app that does not take it "
                        + $"along, finds it in NuGet's folder of packages: {LibTorchFolders.HowToDownload(package)}."
                    : $"Its package: {TorchPackages.HowToAdd(null)}."));
    }

    /// <summary>A function that libtorch itself exports, or 0 where it is not among this libtorch's.</summary>
    public static nint Find(string function) =>
        NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)
            && NativeLibrary.TryGetExport(library, function, out var address) ? address : 0;

    private static bool TryLoadFrom(string folder) => LibTorchFolders.TryLoadFrom(folder) && TryLoadByName();

    /// <summary>
    /// As TorchSharp does it: LibTorchSharp finds libtorch where that is loaded already. torch_cpu is no library of its own everywhere.
    /// </summary>
    private static bool TryLoadByName()
    {
        TryLoad("torch_cpu");
        return TryLoad("LibTorchSharp");
    }

    private static bool TryLoad(string library) => NativeLibrary.TryLoad(library, typeof(torch).Assembly, null, out _);
}
