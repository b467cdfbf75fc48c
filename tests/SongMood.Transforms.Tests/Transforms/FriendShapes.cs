using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>What ML.NET itself makes of a schema when it checks a pipeline; the method is internal to it.</summary>
internal static class FriendShapes
{
    private static readonly MethodInfo CreateMethod =
        typeof(SchemaShape)
            .GetMethod("Create", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(DataViewSchema)])
        ?? throw new MissingMethodException("SchemaShape.Create(DataViewSchema)");

    public static SchemaShape Create(DataViewSchema schema) => (SchemaShape)CreateMethod.Invoke(null, [schema])!;

    public static Shape Create(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, column.Annotations);
        return Create(builder.ToSchema()).Single();
    }
}
