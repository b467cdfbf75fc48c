using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SongMood.Audio;

/// <summary>
/// Opens files on Linux whose names are not UTF-8. .NET shows such a name with U+FFFD for each byte at fault, and then finds no file by it:
/// so the folder is read for the name whose bytes are shown so. Needs nothing but the C library that .NET itself stands on.
/// </summary>
internal static partial class NamesOfBytes
{
    private const char Replacement = '\uFFFD';
    private const int ReadOnly = 0, CloseOnExec = 0x80000, DoNotWait = 0x800; // O_RDONLY, O_CLOEXEC, O_NONBLOCK of x64 and arm64
    private const int LengthAt = 16, NameAt = 19; // in struct dirent64: d_reclen behind d_ino and d_off, d_name behind d_type

    /// <summary>The file; null where there is none, where several names are shown alike, and on other systems.</summary>
    public static FileStream? TryOpen(string path)
    {
        if (!OperatingSystem.IsLinux() || !path.Contains(Replacement))
            return null;
        try
        {
            SafeFileHandle? place = null;
            var parts = path.Split('/');
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i].Length == 0 && i > 0)
                    continue;
                var folder = place;
                var name = i == 0 && path[0] == '/' ? "/"u8.ToArray()
                    : parts[i].Contains(Replacement) ? FindName(folder, parts[i]) : Encoding.UTF8.GetBytes(parts[i]);
                place = name is null ? null : Open(folder, name);
                folder?.Dispose();
                if (place is null)
                    return null;
            }
            return new FileStream(place!, FileAccess.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException or ArgumentException)
        {
            return null; // another C library, or no file but a folder
        }
    }

    /// <summary>The one name in a folder (null: the current one) that is shown as this.</summary>
    private static byte[]? FindName(SafeFileHandle? folder, string shown)
    {
        using var listing = Open(folder, "."u8.ToArray());
        if (listing is null)
            return null;
        byte[]? found = null;
        var buffer = new byte[1 << 15];
        for (nint count; (count = GetEntries(listing, buffer, buffer.Length)) > 0;)
            for (var at = 0; at < count; at += BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + LengthAt)))
            {
                var name = buffer.AsSpan(at + NameAt);
                name = name[..name.IndexOf((byte)0)];
                if (Encoding.UTF8.GetString(name) != shown)
                    continue;
                if (found is not null)
                    return null;
                found = name.ToArray();
            }
        return found;
    }

    private static SafeFileHandle? Open(SafeFileHandle? folder, byte[] name)
    {
        const int currentFolder = -100; // AT_FDCWD
        var place = OpenAt(folder is null ? currentFolder : (int)folder.DangerousGetHandle(), [.. name, 0],
            ReadOnly | CloseOnExec | DoNotWait);
        GC.KeepAlive(folder);
        return place < 0 ? null : new SafeFileHandle(place, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "openat")]
    private static partial int OpenAt(int folder, byte[] name, int flags);

    [LibraryImport("libc", EntryPoint = "getdents64")]
    private static partial nint GetEntries(SafeFileHandle folder, byte[] buffer, nint length);
}
