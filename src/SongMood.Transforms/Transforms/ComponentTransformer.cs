using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>
/// A transformer that computes columns from others, row by row, and saves itself into ML.NET model files.
/// Every transformer of this package is one; none can be derived outside it.
/// </summary>
public abstract class ComponentTransformer : ITransformer, IRowComponent
{
    private readonly RowTransformer _rows;

    private protected ComponentTransformer(IHostEnvironment env, string componentName, string outputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ComponentName = componentName;
        OutputColumnName = outputColumnName;
        _rows = new RowTransformer(env, componentName, this);
    }

    /// <summary>The column that is written. Where it has an input's name, it hides that input from what comes after.</summary>
    public string OutputColumnName { get; }

    /// <summary>The component's name in model files and in errors.</summary>
    internal string ComponentName { get; }

    /// <summary>What a model file keeps of it.</summary>
    private protected abstract SavedComponent Saved { get; }

    /// <summary>The component over data of this schema.</summary>
    /// <exception cref="ArgumentException">It cannot take such data.</exception>
    private protected abstract BoundComponent Bind(DataViewSchema schema);

    /// <summary>A column that is read.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the error names those that are.</exception>
    private protected DataViewSchema.Column Find(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw Refusals.NoColumn(ComponentName, name, schema.Select(column => column.Name));

    /// <summary>The error for an input that the component cannot take: what was found, what was expected, what to do.</summary>
    internal ArgumentException Refusal(string column, string found, string expected) =>
        Refusals.WrongColumn(ComponentName, column, found, expected);

    /// <summary>Writes a warning about a row to ML.NET's log (<c>MLContext.Log</c>).</summary>
    private protected void Warn(ValueGetter<DataViewRowId> getId, string column, string message) =>
        _rows.Warn($"{ComponentName}: row {CursorErrors.Name(CursorErrors.IdOf(getId))}, column '{column}': {message}");

    /// <summary>The columns of <paramref name="inputSchema"/> and those that are added.</summary>
    /// <exception cref="ArgumentException">An input column is missing or of a form that the component cannot take.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _rows.GetOutputSchema(inputSchema);

    /// <summary>Adds the component's columns to <paramref name="input"/>. Rows are computed when they are read.</summary>
    /// <exception cref="ArgumentException">An input column is missing or of a form that the component cannot take.</exception>
    public IDataView Transform(IDataView input) => _rows.Transform(input);

    bool ITransformer.IsRowToRowMapper => true;

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_rows).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_rows).Save(ctx);

    SavedComponent IRowComponent.Saved => Saved;

    BoundComponent IRowComponent.Bind(DataViewSchema schema) => Bind(schema);
}
