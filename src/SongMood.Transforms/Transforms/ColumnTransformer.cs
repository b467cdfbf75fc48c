using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

namespace SongMood.Transforms;

/// <summary>A transformer that computes one column, or two at once, from one other.</summary>
public abstract class ColumnTransformer : ComponentTransformer
{
    private protected ColumnTransformer(IHostEnvironment env, string componentName, string outputColumnName, string? inputColumnName)
        : base(env, componentName, outputColumnName) => InputColumnName = inputColumnName ?? outputColumnName;

    /// <summary>The column that is read.</summary>
    public string InputColumnName { get; }

    /// <summary>A column that is written beside the output from the same computation; null, as of most components, for none.</summary>
    internal virtual string? SecondColumnName => null;

    /// <summary>What is saved beside the column names: an object of plain properties.</summary>
    private protected abstract object State { get; }

    /// <summary>A graph that is saved beside the state; null, as of most components, for none.</summary>
    private protected virtual byte[]? Network => null;

    /// <summary>The output's form for an input of this form.</summary>
    /// <exception cref="ArgumentException">The component cannot take such an input.</exception>
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

    /// <summary>The error for a row's data, naming the row, the column and, where it says more than the error itself, the value.</summary>
    private protected RowException RowError(ValueGetter<DataViewRowId> getId, Exception cause, string? value = null) =>
        new(ComponentName, CursorErrors.IdOf(getId), InputColumnName, value, cause);

    /// <inheritdoc cref="ComponentTransformer.Warn"/>
    private protected void Warn(ValueGetter<DataViewRowId> getId, string message) => Warn(getId, InputColumnName, message);

    private protected sealed override SavedComponent Saved => new(ComponentName, OutputColumnName, InputColumnName, State, Network);

    private protected sealed override BoundComponent Bind(DataViewSchema schema)
    {
        var column = Find(schema, InputColumnName);
        var input = ColumnForm.Of(column);
        var output = Describe(input).ToColumn(OutputColumnName);
        return SecondColumnName is { } second
            ? new([column], [output, DescribeSecond(input).ToColumn(second)],
                (row, index) => index == 0 ? MakeGetter(row, column, input) : MakeSecondGetter(row, column, input))
            : new([column], [output], (row, _) => MakeGetter(row, column, input));
    }
}
