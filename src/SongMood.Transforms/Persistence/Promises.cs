using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Persistence;

/// <summary>
/// Builds what an estimator promises of its output before it is fitted. ML.NET lets only its own assemblies make such a column;
/// it must name exactly the annotations that the fitted transformer will write.
/// </summary>
internal static class Promises
{
    /// <summary>A vector of Single, of known or varying size.</summary>
    public static Shape FloatVector(string name, bool sizeIsKnown, params IEnumerable<string> annotations) => new(
        name, sizeIsKnown ? Shape.VectorKind.Vector : Shape.VectorKind.VariableVector, NumberDataViewType.Single, isKey: false,
        new SchemaShape(annotations.Distinct().Select(Annotation)));

    /// <summary>Those annotations of the input that a component hands on.</summary>
    public static IEnumerable<string> HandedOn(Shape input) =>
        Known.Where(known => input.Annotations.Any(found => found.Name == known));

    private static readonly string[] Known = [ColumnAnnotations.SampleRate, ColumnAnnotations.HopLength, ColumnAnnotations.IsNormalized];

    private static Shape Annotation(string kind)
    {
        if (kind == ColumnAnnotations.SlotNames)
            return new(kind, Shape.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        DataViewType type = kind == ColumnAnnotations.IsNormalized ? BooleanDataViewType.Instance : NumberDataViewType.Int32;
        return new(kind, Shape.VectorKind.Scalar, type, isKey: false);
    }
}
