using System.Runtime.InteropServices;

namespace SongMood.Training;

/// <summary>Settings of libtorch (at::globalContext()) that TorchSharp 0.107 does not show, by the names that they have in C++.</summary>
internal static class TorchContext
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint GlobalContext();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Setter(nint context, [MarshalAs(UnmanagedType.U1)] bool value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    [return: MarshalAs(UnmanagedType.U1)]
    private delegate bool Getter(nint context);

    /// <summary>Sets what a method of the context with one bool sets. False where this libtorch has none of that name.</summary>
    public static bool TrySet(string method, bool value)
    {
        if (Method<Setter>("N", method, "b", "QEAAX_N@Z") is not { } set || Context() is not { } context)
            return false;
        set(context, value);
        return true;
    }

    /// <summary>What a method without arguments says, or null where this libtorch has none of that name.</summary>
    public static bool? TryGet(string method) =>
        Method<Getter>("NK", method, "v", "QEBA_NXZ") is { } get && Context() is { } context ? get(context) : null;

    private static nint? Context() => Find<GlobalContext>("_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ")?.Invoke();

    private static T? Method<T>(string kind, string name, string arguments, string ofMsvc) where T : Delegate =>
        Find<T>($"_Z{kind}2at7Context{name.Length}{name}E{arguments}", $"?{name}@Context@at@@{ofMsvc}");

    // By the names that gcc and clang give in C++, or MSVC.
    private static T? Find<T>(string name, string nameOfMsvc) where T : Delegate =>
        LibTorch.Find(OperatingSystem.IsWindows() ? nameOfMsvc : name) is not 0 and var address
            ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;
}
