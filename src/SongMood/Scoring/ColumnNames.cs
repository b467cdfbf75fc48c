using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>Names in the annotations of a column: those of a vector's slots, or of a key's values.</summary>
internal static class ColumnNames
{
    /// <summary>What the slots of a vector are called; empty where nothing says it.</summary>
    public static string[] OfSlots(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>Gives a column of rows in memory such names.</summary>
    public static void Annotate(SchemaDefinition.Column column, string kind, IReadOnlyList<string> names) => column.AddAnnotation(kind,
        new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]),
        new VectorDataViewType(TextDataViewType.Instance, names.Count));
}
