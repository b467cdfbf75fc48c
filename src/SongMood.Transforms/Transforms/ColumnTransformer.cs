using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>
/// A transformer that computes one column from one other, row by row, and saves itself into ML.NET model files.
/// Every transformer of this package is one; none can be derived outside it.
/// </summary>
public abstract class ColumnTransformer : ITransformer, IRowComponent
{
    private readonly RowTransformer _rows;

    private protected ColumnTransformer(IHostEnvironment env, string componentName, string outputColumnName, string? inputColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ComponentName = componentName;
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
        _rows = new RowTransformer(env, componentName, this);
    }

    /// <summary>The column that is read.</summary>
    public string InputColumnName { get; }

    /// <summary>The column that is written. Where it has the input's name, it hides the input from what comes after.</summary>
    public string OutputColumnName { get; }

    /// <summary>The component's name in model files and in errors.</summary>
    internal string ComponentName { get; }

    /// <summary>A column that is written beside the output from the same computation; null, as of most components, for none.</summary>
    internal virtual string? SecondColumnName => null;

    /// <summary>What is saved beside the column names: an object of plain properties.</summary>
    private protected abstract object State { get; }

    /// <summary>The output's form for an input of this form.</summary>
    /// <exception cref="ArgumentException">The component cannot take such an input (<see cref="Refusal"/>).</exception>
    private protected abstract ColumnForm Describe(ColumnForm input);

    /// <summary>What is promised of the output when of the input only the kind of column is known.</summary>
    internal abstract SchemaShape.Column Promise(SchemaShape.Column input);

    /// <summary>A getter of the output for one cursor, with buffers of its own.</summary>
    private protected abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input);

    /// <summary><see cref="Describe"/>, <see cref="Promise"/> and <see cref="MakeGetter"/> for <see cref="SecondColumnName"/>.</summary>
    private protected virtual ColumnForm DescribeSecond(ColumnForm input) => throw new NotSupportedException();

    /// <inheritdoc cref="DescribeSecond"/>
    internal virtual SchemaShape.Column PromiseSecond(SchemaShape.Column input) => throw new NotSupportedException();

    /// <inheritdoc cref="DescribeSecond"/>
    private protected virtual Delegate MakeSecondGetter(DataViewRow row, DataViewSchema.Column column, ColumnForm input) =>
        throw new NotSupportedException();

    /// <summary>The error for an input that the component cannot take: what was found, what was expected, what to do.</summary>
    internal ArgumentException Refusal(string column, string found, string expected) =>
        Refusals.WrongColumn(ComponentName, column, found, expected);

    /// <summary>The error for a row's data, naming the row, the column and, where it says more than the error itself, the value.</summary>
    private protected RowException RowError(ValueGetter<DataViewRowId> getId, Exception cause, string? value = null) =>
        new(ComponentName, CursorErrors.IdOf(getId), InputColumnName, value, cause);

    /// <summary>Writes a warning about a row to ML.NET's log (<c>MLContext.Log</c>).</summary>
    private protected void Warn(ValueGetter<DataViewRowId> getId, string message) =>
        _rows.Warn($"{ComponentName}: row {CursorErrors.Name(CursorErrors.IdOf(getId))}, column '{InputColumnName}': {message}");

    /// <summary>The columns of <paramref name="inputSchema"/> and those that are added.</summary>
    /// <exception cref="ArgumentException">The input column is missing or of a form that the component cannot take.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _rows.GetOutputSchema(inputSchema);

    /// <summary>Adds the component's columns to <paramref name="input"/>. Rows are computed when they are read.</summary>
    /// <exception cref="ArgumentException">The input column is missing or of a form that the component cannot take.</exception>
    public IDataView Transform(IDataView input) => _rows.Transform(input);

    bool ITransformer.IsRowToRowMapper => true;

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)_rows).GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_rows).Save(ctx);

    SavedComponent IRowComponent.Saved => new(ComponentName, OutputColumnName, InputColumnName, State);

    BoundComponent IRowComponent.Bind(DataViewSchema schema)
    {
        var column = schema.GetColumnOrNull(InputColumnName)
            ?? throw Refusals.NoColumn(ComponentName, InputColumnName, schema.Select(column => column.Name));
        var input = ColumnForm.Of(column);
        var output = Describe(input).ToColumn(OutputColumnName);
        return SecondColumnName is { } second
            ? new(column, [output, DescribeSecond(input).ToColumn(second)],
                (row, index) => index == 0 ? MakeGetter(row, column, input) : MakeSecondGetter(row, column, input))
            : new(column, [output], (row, _) => MakeGetter(row, column, input));
    }
}
