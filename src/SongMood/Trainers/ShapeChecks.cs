using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;

namespace SongMood.Trainers;

/// <summary>What can be checked of a pipeline's columns before there is data.</summary>
internal static class ShapeChecks
{
    public static void Features(SchemaShape schema, string name, bool wantsSequence)
    {
        var column = Find(schema, name, "feature");
        var isVector = column.Kind == SchemaShape.Column.VectorKind.Vector ||
            (wantsSequence && column.Kind == SchemaShape.Column.VectorKind.VariableVector);
        var form = FeatureForm.Of(column);
        if (!isVector || column.IsKey || column.ItemType != NumberDataViewType.Single || (wantsSequence && form.IsWaveform))
            throw form.Misfit(name, Describe(column), wantsSequence);
    }

    public static SchemaShape.Column Label(SchemaShape schema, string name)
    {
        var column = Find(schema, name, "label");
        if (!column.IsKey || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw new ArgumentException($"The label column '{name}' is {Describe(column)}, but a key is needed: put "
                + $"Transforms.Conversion.MapValueToKey(\"{name}\") before the trainer.");
        return column;
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role)
    {
        foreach (var column in schema)
            if (column.Name == name)
                return column;
        throw new ArgumentException(
            $"The data has no {role} column '{name}'. It has: {string.Join(", ", schema.Select(column => column.Name))}.");
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{(column.Kind == SchemaShape.Column.VectorKind.Scalar ? "" : $"{column.Kind} of ")}"
        + $"{(column.IsKey ? "Key of " : "")}{column.ItemType}";
}
