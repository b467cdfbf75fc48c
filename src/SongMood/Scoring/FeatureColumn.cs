using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>Checks that a column can feed a network, and says what it was and what it should have been where it cannot.</summary>
internal static class FeatureColumn
{
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role, string option) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"The data has no {role} column '{name}'. It has: {string.Join(", ", schema.Where(c => !c.IsHidden).Select(c => c.Name))}. "
            + $"Name the column with {option}, or add it to the pipeline before the trainer.");

    /// <summary>The shape of the rows of a feature column: what a network trained on it will take.</summary>
    /// <exception cref="ArgumentException">The network cannot take them; the message says what can, and what makes them fit.</exception>
    public static InputShape ShapeOf(DataViewSchema.Column column, bool wantsSequence)
    {
        if (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single)
        {
            if (wantsSequence && vector.Dimensions is [> 0 and var bands, _])
                return InputShape.Sequence(bands);
            if (!wantsSequence && vector.IsKnownSize)
                return InputShape.Vector(vector.Size);
        }
        throw FeatureForm.Of(column).Misfit(column.Name, $"{column.Type}", wantsSequence);
    }

    /// <summary>Checks that rows of this column can be scored by a network of this shape.</summary>
    public static void CheckScorable(DataViewSchema.Column column, InputShape shape)
    {
        // Sequences of one frame count may come without their dimensions, from files or from a class with [VectorType(n)].
        if (column.Type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single &&
            (!vector.IsKnownSize || shape.Accepts(vector.Size)) &&
            (!shape.IsSequence || vector.Dimensions.Length != 2 || vector.Dimensions[0] == shape.Size))
            return;
        throw new ArgumentException($"The feature column '{column.Name}' is {column.Type}, but the network was trained on {shape}.");
    }

    public static VectorDataViewType TypeOf(InputShape shape) => shape.IsSequence
        ? new VectorDataViewType(NumberDataViewType.Single, shape.Size, 0)
        : new VectorDataViewType(NumberDataViewType.Single, shape.Size);
}
