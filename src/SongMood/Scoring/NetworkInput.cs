using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>Where one input of a graph comes from: a column, after steps that only this input sees.</summary>
/// <param name="Owner">The ensemble's member, as errors name it; empty for a network alone.</param>
/// <param name="Steps">Transforms to apply to the rows before; none for a network alone.</param>
/// <param name="ColumnName">The feature column behind the steps.</param>
internal sealed record NetworkInput(string Owner, IReadOnlyList<ITransformer> Steps, string ColumnName)
{
    private const string Role = "feature";
    private const string Option = "the trainer's feature column option";

    /// <summary>Such as "members[1] LoadAudio, MelSpectrogram Mel".</summary>
    public override string ToString() => string.Join(" ", new[]
    {
        Owner, string.Join(", ", Steps.Select(step => step.GetType().Name.Replace("Transformer", ""))), ColumnName,
    }.Where(part => part.Length > 0));

    /// <summary>Finds the column in data of this schema.</summary>
    public BoundInput Bind(DataViewSchema schema, InputShape shape)
    {
        if (Owner.Length == 0)
            return BindSteps(schema, shape);
        try
        {
            return BindSteps(schema, shape);
        }
        // ML.NET's own transforms and ours: a column is missing, or is of another type.
        catch (ArgumentException e)
        {
            throw new ArgumentException($"{Owner}: {e.Message}", e);
        }
    }

    private BoundInput BindSteps(DataViewSchema schema, InputShape shape)
    {
        var mapper = Steps.Count == 0 ? null : ((ITransformer)new TransformerChain<ITransformer>([.. Steps])).GetRowToRowMapper(schema);
        var column = FeatureColumn.Find(mapper?.OutputSchema ?? schema, ColumnName, Role, Option);
        FeatureColumn.CheckScorable(column, shape);
        return new BoundInput(column, mapper);
    }
}

/// <summary>A feature column of data, or one that steps make of the data's rows, aside from the columns that anyone else sees.</summary>
internal sealed class BoundInput(DataViewSchema.Column column, IRowToRowMapper? steps)
{
    public DataViewSchema.Column Column => column;

    /// <summary>Whether the column is one of the data's own.</summary>
    public bool IsDirect => steps is null;

    /// <summary>The columns of the data that are read.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies => steps?.GetDependencies([column]) ?? [column];

    /// <summary>A row that has the column, and moves on with <paramref name="input"/>.</summary>
    public DataViewRow Over(DataViewRow input) => steps?.GetRow(input, [column]) ?? input;
}
