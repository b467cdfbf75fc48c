using Microsoft.ML;

namespace SongMood.Transforms;

internal static class SchemaShapeExtensions
{
    /// <summary>The shape with the columns that <paramref name="transformer"/> promises, in place of any of those names.</summary>
    public static SchemaShape With(this SchemaShape shape, ColumnTransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var columns = shape.ToDictionary(column => column.Name);
        if (!columns.TryGetValue(transformer.InputColumnName, out var input))
            throw Refusals.NoColumn(transformer.ComponentName, transformer.InputColumnName, columns.Keys);
        columns[transformer.OutputColumnName] = transformer.Promise(input);
        if (transformer.SecondColumnName is { } second)
            columns[second] = transformer.PromiseSecond(input);
        return new SchemaShape(columns.Values);
    }
}
