using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Persistence;

/// <summary>Small things that components need and ML.NET keeps to its own assemblies.</summary>
internal static class Internals
{
    /// <summary>The environment of the context that a catalog belongs to.</summary>
    public static IHostEnvironment Environment(this TransformsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>A column's type for errors, such as "Vector&lt;Single&gt;".</summary>
    public static string TypeName(this Shape column) => column.GetTypeString();

    /// <summary>A column that an estimator promises.</summary>
    public static Shape Promise(string name, Shape.VectorKind kind, DataViewType itemType, params IEnumerable<Shape> annotations) =>
        new(name, kind, itemType, isKey: false, new SchemaShape(annotations));
}
