using System.Buffers.Binary;

namespace SongMood.Build;

/// <summary>What is needed of an Elf64_Shdr (System V gABI, "Section Header").</summary>
internal readonly record struct ElfSection(int Offset, int Size, int Info)
{
    public static Dictionary<string, ElfSection> ReadAll(ReadOnlySpan<byte> elf)
    {
        if (!elf.StartsWith("\u007FELF"u8) || elf[4] != 2)
            throw new InvalidDataException("libLibTorchSharp.so is no 64-bit ELF file; restore the TorchSharp package again.");
        var table = (int)BinaryPrimitives.ReadInt64LittleEndian(elf[0x28..]);
        var entrySize = MendLibTorchSharp.UInt16(elf, 0x3A);
        var count = MendLibTorchSharp.UInt16(elf, 0x3C);
        var names = Read(elf, table + entrySize * MendLibTorchSharp.UInt16(elf, 0x3E)).Offset;
        var sections = new Dictionary<string, ElfSection>();
        for (var s = 0; s < count; s++)
            sections[MendLibTorchSharp.TextAt(elf, names + MendLibTorchSharp.Int32(elf, table + entrySize * s))] =
                Read(elf, table + entrySize * s);
        return sections;
    }

    private static ElfSection Read(ReadOnlySpan<byte> elf, int at) => new(
        (int)BinaryPrimitives.ReadInt64LittleEndian(elf[(at + 24)..]),
        (int)BinaryPrimitives.ReadInt64LittleEndian(elf[(at + 32)..]),
        MendLibTorchSharp.Int32(elf, at + 44));
}
