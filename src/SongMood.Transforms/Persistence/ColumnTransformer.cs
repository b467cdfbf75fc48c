using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Transforms;

namespace SongMood.Persistence;

/// <summary>
/// A transformer that computes one column from one other, row by row, and saves itself into ML.NET model files.
/// Every transformer of this package is one; none can be derived outside it.
/// </summary>
public abstract class ColumnTransformer : RowToRowTransformerBase
{
    private protected ColumnTransformer(IHostEnvironment env, string componentName, string outputColumnName, string? inputColumnName)
        : base(env.Register(componentName))
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ComponentName = componentName;
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
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
    private protected InvalidOperationException RowError(ValueGetter<DataViewRowId> getId, Exception inner, string? value = null)
    {
        var column = value is null ? $"column '{InputColumnName}'" : $"column '{InputColumnName}' ({value})";
        return new($"{ComponentName}: row {CursorErrors.Name(getId)}, {column}: {inner.Message}", inner);
    }

    /// <summary>Writes a warning about a row to ML.NET's log (<c>MLContext.Log</c>).</summary>
    private protected void Warn(ValueGetter<DataViewRowId> getId, string message)
    {
        using var channel = Host.Start(ComponentName);
        channel.Warning($"{ComponentName}: row {CursorErrors.Name(getId)}, column '{InputColumnName}': {message}");
    }

    /// <summary>Called by ML.NET when a model is saved.</summary>
    protected sealed override void SaveModel(ModelSaveContext ctx) => ComponentFile.Save(ctx, this, State);

    /// <summary>Called by ML.NET when data of this schema is transformed.</summary>
    protected sealed override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(Host, schema, this);

    /// <summary>What ML.NET asks of a transformer that is bound to an input schema.</summary>
    private sealed class Mapper : MapperBase
    {
        private readonly ColumnTransformer _parent;
        private readonly DataViewSchema.Column _column;
        private readonly ColumnForm _input;
        private readonly ColumnForm _output;

        public Mapper(IHost host, DataViewSchema schema, ColumnTransformer parent)
            : base(host, schema, parent)
        {
            _parent = parent;
            _column = schema.GetColumnOrNull(parent.InputColumnName)
                ?? throw Refusals.NoColumn(parent.ComponentName, parent.InputColumnName, schema.Select(column => column.Name));
            _input = ColumnForm.Of(_column);
            _output = parent.Describe(_input);
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => _parent.SecondColumnName is { } second
            ? [_output.ToColumn(_parent.OutputColumnName), _parent.DescribeSecond(_input).ToColumn(second)]
            : [_output.ToColumn(_parent.OutputColumnName)];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            return iinfo == 0 ? _parent.MakeGetter(input, _column, _input) : _parent.MakeSecondGetter(input, _column, _input);
        }

        protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput) =>
            column => column == _column.Index && (activeOutput(0) || (_parent.SecondColumnName is not null && activeOutput(1)));

        protected override void SaveModel(ModelSaveContext ctx) => _parent.SaveModel(ctx);
    }
}
