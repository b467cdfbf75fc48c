using Microsoft.ML;

namespace SongMood.Persistence;

/// <summary>A component as ML.NET's side of it (<see cref="RowTransformer"/>) sees it.</summary>
internal interface IRowComponent
{
    /// <summary>What a model file keeps of it.</summary>
    SavedComponent Saved { get; }

    /// <summary>The component over data of this schema.</summary>
    /// <exception cref="ArgumentException">It cannot take such data.</exception>
    BoundComponent Bind(DataViewSchema schema);
}

/// <summary>What a model file keeps of a component.</summary>
/// <param name="Name">The component's name in model files.</param>
/// <param name="OutputColumnName">The column that is written.</param>
/// <param name="InputColumnName">The column that is read; null where the state names several.</param>
/// <param name="State">An object of plain properties.</param>
/// <param name="Network">A graph in ONNX's format that is kept beside them; null, as of most components, for none.</param>
internal sealed record SavedComponent(
    string Name, string OutputColumnName, string? InputColumnName, object State, byte[]? Network = null);

/// <summary>A component that is bound to a schema.</summary>
/// <param name="Inputs">The columns that are read.</param>
/// <param name="Outputs">The columns that are written.</param>
/// <param name="MakeGetter">A getter of an output, by its index, for one cursor.</param>
internal sealed record BoundComponent(
    DataViewSchema.Column[] Inputs, DataViewSchema.DetachedColumn[] Outputs, Func<DataViewRow, int, Delegate> MakeGetter);
