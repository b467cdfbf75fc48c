using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SongMood.Build;

/// <summary>
/// Copies assemblies and makes what is <c>internal</c> in the copies visible to the compiler (docs/decisions/0002-model-files.md).
/// Only the visibility bits of the metadata tables change (ECMA-335 II.22.37 TypeDef, II.22.26 MethodDef, II.22.15 Field);
/// at run time the untouched originals are used, through <c>IgnoresAccessChecksToAttribute</c>.
/// </summary>
public sealed class WidenVisibility : Microsoft.Build.Utilities.Task
{
    /// <summary>The assemblies to copy.</summary>
    [Required]
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>Where the copies go, under their own names.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The copies, with the originals' metadata.</summary>
    [Output]
    public ITaskItem[] Widened { get; set; } = [];

    public override bool Execute()
    {
        Directory.CreateDirectory(OutputFolder);
        Widened = [.. Assemblies.Select(Widen)];
        return !Log.HasLoggedErrors;
    }

    private TaskItem Widen(ITaskItem assembly)
    {
        var source = assembly.ItemSpec;
        var copy = Path.Combine(OutputFolder, Path.GetFileName(source));
        var item = new TaskItem(copy);
        assembly.CopyMetadataTo(item);
        // A copy with the original's time is this very original, widened by an earlier build.
        if (File.Exists(copy) && File.GetLastWriteTimeUtc(copy) == File.GetLastWriteTimeUtc(source))
            return item;

        var image = File.ReadAllBytes(source);
        using (var pe = new PEReader(new MemoryStream(image)))
        {
            var metadata = pe.GetMetadataReader();
            var start = pe.PEHeaders.MetadataStartOffset;
            ForEachRow(metadata, start, TableIndex.TypeDef, row => WidenType(image.AsSpan(row)));
            ForEachRow(metadata, start, TableIndex.MethodDef, row => WidenMember(image.AsSpan(row + 6)));   // RVA (4), ImplFlags (2), Flags
            ForEachRow(metadata, start, TableIndex.Field, row => WidenMember(image.AsSpan(row)));
        }

        var unfinished = $"{copy}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(unfinished, image);
        File.SetLastWriteTimeUtc(unfinished, File.GetLastWriteTimeUtc(source));
        File.Move(unfinished, copy, overwrite: true);
        return item;
    }

    private static void ForEachRow(MetadataReader metadata, int start, TableIndex table, Action<int> visit)
    {
        var first = start + metadata.GetTableMetadataOffset(table);
        for (var row = 0; row < metadata.GetTableRowCount(table); row++)
            visit(first + row * metadata.GetTableRowSize(table));
    }

    private static void WidenType(Span<byte> flags)
    {
        var widened = (TypeAttributes)(flags[0] & 7) switch
        {
            TypeAttributes.NotPublic => TypeAttributes.Public,
            TypeAttributes.NestedAssembly or TypeAttributes.NestedFamORAssem => TypeAttributes.NestedPublic,
            TypeAttributes.NestedFamANDAssem => TypeAttributes.NestedFamily,
            var kept => kept,
        };
        flags[0] = (byte)((flags[0] & ~7) | (int)widened);
    }

    // FieldAttributes has the same seven values as MethodAttributes. 'private protected' becomes 'protected', so that overrides
    // of such members stay out of our public surface; 'protected internal' is left, since C# overrides it as 'protected' already.
    private static void WidenMember(Span<byte> flags)
    {
        var widened = (MethodAttributes)(flags[0] & 7) switch
        {
            MethodAttributes.Assembly => MethodAttributes.Public,
            MethodAttributes.FamANDAssem => MethodAttributes.Family,
            var kept => kept,
        };
        flags[0] = (byte)((flags[0] & ~7) | (int)widened);
    }
}
