using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SongMood.Build;

/// <summary>
/// Makes a copy of TorchSharp 0.107.0's <c>libLibTorchSharp.so</c> that loads where libstdc++ is older than GCC 13's
/// (Debian 12, Ubuntu 22.04, RHEL 9): docs/decisions/0009-older-libstdcxx.md.
/// </summary>
/// <remarks>
/// The library needs one symbol of GLIBCXX_3.4.32, <c>std::ios_base_library_init()</c>, which its static initialisation calls once.
/// The undefined symbol is renamed to <c>std::ios_base::Init::Init()</c> of GLIBCXX_3.4, which does the same, and the need for the
/// newer version is marked weak, so that the loader does not refuse the file. Layouts: System V gABI, "Symbol Table" and
/// "Symbol Versioning" (LSB 5.0, 10.7). The file in the package cache is never touched.
/// </remarks>
public sealed class MendLibTorchSharp : Microsoft.Build.Utilities.Task
{
    private const string NewerSymbol = "_ZSt21ios_base_library_initv";
    private const string OlderSymbol = "_ZNSt8ios_base4InitC1Ev";
    private const string NewerVersion = "GLIBCXX_3.4.32";
    private const string OlderVersion = "GLIBCXX_3.4";
    private const ushort WeakVersion = 2;   // VER_FLG_WEAK

    /// <summary>The library as its package has it.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Where the mended copy goes.</summary>
    [Required]
    public string Copy { get; set; } = "";

    /// <summary>Mend even where this machine's libstdc++ is new enough, for an app that will run on an older one.</summary>
    public bool Always { get; set; }

    /// <summary>Whether <see cref="Copy"/> was made and is to be used in place of <see cref="Library"/>.</summary>
    [Output]
    public bool Mended { get; set; }

    public override bool Execute()
    {
        if (!Always && MachineHasNewerSymbol())
            return true;
        // Not the library's own time: with time and size alike, the build would take an unmended file in its output for this one.
        var copyTime = File.GetLastWriteTimeUtc(Library).AddMinutes(1);
        if (!File.Exists(Copy) || File.GetLastWriteTimeUtc(Copy) != copyTime)
        {
            var elf = File.ReadAllBytes(Library);
            if (!Mend(elf))
            {
                Log.LogMessage(MessageImportance.High, $"{Library} does not ask for {NewerVersion}'s {NewerSymbol}: it is used as it is.");
                return true;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
            var unfinished = $"{Copy}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(unfinished, elf);
            File.SetLastWriteTimeUtc(unfinished, copyTime);
            File.Move(unfinished, Copy, overwrite: true);
        }
        Mended = true;
        return true;
    }

    private static bool MachineHasNewerSymbol() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var handle) && NativeLibrary.TryGetExport(handle, NewerSymbol, out _);

    private static bool Mend(Span<byte> elf)
    {
        var sections = ElfSection.ReadAll(elf);
        var strings = sections[".dynstr"].Offset;
        var olderIndex = WeakenVersion(elf, sections[".gnu.version_r"], strings);
        return RenameSymbol(elf, sections, strings, olderIndex);
    }

    // Elf64_Verneed: version (2), count (2), file (4), aux (4), next (4). Elf64_Vernaux: hash (4), flags (2), index (2), name (4), next
    // (4).
    private static ushort WeakenVersion(Span<byte> elf, ElfSection needs, int strings)
    {
        ushort olderIndex = 0;
        var need = needs.Offset;
        for (var n = 0; n < needs.Info; n++)
        {
            var isStandardLibrary = TextAt(elf, strings + Int32(elf, need + 4)) == "libstdc++.so.6";
            var aux = need + Int32(elf, need + 8);
            for (int count = UInt16(elf, need + 2); count > 0 && isStandardLibrary; count--)
            {
                var version = TextAt(elf, strings + Int32(elf, aux + 8));
                if (version == OlderVersion)
                    olderIndex = UInt16(elf, aux + 6);
                else if (version == NewerVersion)
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[(aux + 4)..], (ushort)(UInt16(elf, aux + 4) | WeakVersion));
                aux += Int32(elf, aux + 12);
            }
            need += Int32(elf, need + 12);
        }
        return olderIndex;
    }

    // Elf64_Sym is 24 bytes and starts with its name's offset; .gnu.version has two bytes a symbol.
    private static bool RenameSymbol(Span<byte> elf, Dictionary<string, ElfSection> sections, int strings, ushort olderIndex)
    {
        var symbols = sections[".dynsym"];
        for (var s = 0; s < symbols.Size / 24; s++)
        {
            var name = strings + Int32(elf, symbols.Offset + 24 * s);
            if (olderIndex == 0 || TextAt(elf, name) != NewerSymbol)
                continue;
            Encoding.ASCII.GetBytes(OlderSymbol + '\0').CopyTo(elf[name..]);
            BinaryPrimitives.WriteUInt16LittleEndian(elf[(sections[".gnu.version"].Offset + 2 * s)..], olderIndex);
            return true;
        }
        return false;
    }

    internal static int Int32(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadInt32LittleEndian(elf[at..]);

    internal static ushort UInt16(ReadOnlySpan<byte> elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);

    internal static string TextAt(ReadOnlySpan<byte> elf, int at) => Encoding.ASCII.GetString(elf.Slice(at, elf[at..].IndexOf((byte)0)));
}
