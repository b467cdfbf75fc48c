using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Persistence;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Transforms;

/// <summary>
/// Builds what an estimator promises of its output before it is fitted. It must name exactly the annotations that the fitted
/// transformer will write.
/// </summary>
internal static class Promises
{
    /// <summary>A vector of Single, of known or varying size.</summary>
    public static Shape FloatVector(string name, bool sizeIsKnown, params IEnumerable<string> annotations) => Internals.Promise(
        name, sizeIsKnown ? Shape.VectorKind.Vector : Shape.VectorKind.VariableVector, NumberDataViewType.Single,
        annotations.Distinct().Select(Annotation));

    /// <summary>Those annotations of the input that a component hands on.</summary>
    public static IEnumerable<string> HandedOn(Shape input) =>
        Known.Where(known => input.Annotations.Any(found => found.Name == known));

    private static readonly string[] Known = [ColumnAnnotations.SampleRate, ColumnAnnotations.HopLength, ColumnAnnotations.IsNormalized];

    private static Shape Annotation(string kind)
    {
        if (kind == ColumnAnnotations.SlotNames)
            return Internals.Promise(kind, Shape.VectorKind.Vector, TextDataViewType.Instance);
        DataViewType type = kind == ColumnAnnotations.IsNormalized ? BooleanDataViewType.Instance : NumberDataViewType.Int32;
        return Internals.Promise(kind, Shape.VectorKind.Scalar, type);
    }
}
