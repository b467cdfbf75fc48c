using System.Runtime.InteropServices;

namespace SongMood.Training;

/// <summary>
/// The flags of the thread at hand that say what the processor does with subnormal numbers (below about 1e-38 in a float), read and
/// written with the system's C library: .NET has no access to them.
/// </summary>
internal sealed class FloatControl
{
    private const int EnvironmentSize = 128; // more bytes than any fenv_t has

    private readonly Func<uint> _read;
    private readonly Action<uint> _write;

    /// <param name="read">The thread's control word.</param>
    /// <param name="write">Sets it.</param>
    /// <param name="flush">The word's flags that make subnormal numbers zero.</param>
    private FloatControl(Func<uint> read, Action<uint> write, uint flush) => (_read, _write, Flush) = (read, write, flush);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int FloatEnvironment(byte[] environment); // C99's fegetenv and fesetenv

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ControlWord(ref uint current, uint value, uint mask); // Microsoft's _controlfp_s

    /// <summary>What this process's system and processor offer, or null where it is none that is known here.</summary>
    public static FloatControl? OfThisSystem { get; } = Find();

    /// <summary>The value of <see cref="Flags"/> that makes subnormal numbers zero, as operands and as results.</summary>
    public uint Flush { get; }

    /// <summary>The flags of the thread at hand. Setting them leaves rounding and exceptions as they are.</summary>
    public uint Flags
    {
        get => _read() & Flush;
        set => _write((_read() & ~Flush) | (value & Flush));
    }

    private static FloatControl? Find()
    {
        // MXCSR's flush-to-zero and denormals-are-zero (Intel SDM, volume 1, 10.2.3); FPCR's FZ (Arm ARM, C5.2.8).
        const uint Mxcsr = 0x8040;
        const uint Fpcr = 1 << 24;
        if (OperatingSystem.IsWindows())
            return WithControlWord("ucrtbase.dll");
        return RuntimeInformation.ProcessArchitecture switch
        {
            // Where fenv_t has the word: after the x87's seven words; first; after the status.
            Architecture.X64 when OperatingSystem.IsLinux() => WithEnvironment("libm.so.6", 28, Mxcsr),
            Architecture.Arm64 when OperatingSystem.IsLinux() => WithEnvironment("libm.so.6", 0, Fpcr),
            Architecture.Arm64 when OperatingSystem.IsMacOS() => WithEnvironment("libSystem.dylib", 8, Fpcr),
            _ => null,
        };
    }

    private static FloatControl? WithEnvironment(string library, int offset, uint flush)
    {
        if (Function<FloatEnvironment>(library, "fegetenv") is not { } get
            || Function<FloatEnvironment>(library, "fesetenv") is not { } set)
            return null;
        return new FloatControl(
            () => BitConverter.ToUInt32(Environment(), offset),
            word =>
            {
                var environment = Environment();
                BitConverter.TryWriteBytes(environment.AsSpan(offset), word);
                set(environment);
            },
            flush);

        byte[] Environment()
        {
            var environment = new byte[EnvironmentSize];
            get(environment);
            return environment;
        }
    }

    private static FloatControl? WithControlWord(string library)
    {
        const uint FlushDenormals = 0x01000000; // _DN_FLUSH
        const uint DenormalControl = 0x03000000; // _MCW_DN
        if (Function<ControlWord>(library, "_controlfp_s") is not { } control)
            return null;
        return new FloatControl(() => Call(0, 0), word => Call(word, DenormalControl), FlushDenormals);

        uint Call(uint value, uint mask)
        {
            uint current = 0;
            control(ref current, value, mask);
            return current;
        }
    }

    private static T? Function<T>(string library, string name) where T : Delegate =>
        NativeLibrary.TryLoad(library, out var handle) && NativeLibrary.TryGetExport(handle, name, out var address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;
}
