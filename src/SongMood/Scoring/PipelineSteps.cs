using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace SongMood.Scoring;

/// <summary>Takes fitted pipelines apart.</summary>
internal static class PipelineSteps
{
    /// <summary>The steps of a pipeline in order, chains within chains opened.</summary>
    public static IEnumerable<ITransformer> Of(ITransformer model) => model is IEnumerable<ITransformer> chain
        ? chain.SelectMany(Of) : [model];

    /// <summary>
    /// The step that decodes a song, the columns that there are then, and the steps after it as one; null where no step decodes.
    /// </summary>
    public static (LoadAudioTransformer Decoder, DataViewSchema Decoded, IRowToRowMapper After)? FromDecoder(
        ITransformer[] steps, DataViewSchema schema)
    {
        var at = Array.FindIndex(steps, step => step is LoadAudioTransformer);
        if (at < 0)
            return null;
        // What comes before the decoder may make other columns, such as the label's key; it cannot need the waveform.
        var decoded = steps.Take(at + 1).Aggregate(schema, (before, step) => step.GetOutputSchema(before));
        return ((LoadAudioTransformer)steps[at], decoded, AsOne(steps[(at + 1)..]).GetRowToRowMapper(decoded));
    }

    /// <summary>Several steps as one; none at all hands on what there is.</summary>
    public static ITransformer AsOne(ITransformer[] steps) => new TransformerChain<ITransformer>(steps);

    /// <summary>
    /// The input with those of its steps that its feature column needs: a member's pipeline also makes its label a key, say, from a
    /// column that what is to be scored has not.
    /// </summary>
    /// <exception cref="ArgumentException">A step that is needed cannot be applied to data of this schema.</exception>
    public static NetworkInput Needed(NetworkInput input, DataViewSchema schema)
    {
        var bound = new List<(ITransformer Step, IRowToRowMapper Mapper)>();
        var missing = new Dictionary<string, Exception>(); // columns that could not be made, and why
        foreach (var step in input.Steps)
        {
            if (!step.IsRowToRowMapper)
                throw new ArgumentException(
                    $"{input.Owner}: its step {step.GetType().Name} does not work row by row, so it cannot be a part of an ensemble. "
                    + "Apply it to the data before.");
            var columns = ColumnsOf(step);
            var (mapper, fault) = TryBind(step, schema, missing);
            if (fault is not null && columns.Length == 0)
                throw Fault(input, fault);
            foreach (var (from, to) in columns)
                if (fault is null)
                    missing.Remove(to);
                else
                    missing[to] = missing.GetValueOrDefault(from) ?? fault;
            if (fault is not null)
                continue;
            bound.Add((step, mapper!));
            schema = mapper!.OutputSchema;
        }
        if (missing.TryGetValue(input.ColumnName, out var why))
            throw Fault(input, why);
        if (schema.GetColumnOrNull(input.ColumnName) is not { } feature)
            throw new ArgumentException($"{input.Owner}: there is no feature column '{input.ColumnName}'. There are: "
                + $"{string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name))}.");
        return input with { Steps = Walk(bound, feature) };
    }

    private static (IRowToRowMapper? Mapper, Exception? Fault) TryBind(
        ITransformer step, DataViewSchema schema, Dictionary<string, Exception> missing)
    {
        try
        {
            var mapper = step.GetRowToRowMapper(schema);
            var read = mapper.GetDependencies(mapper.OutputSchema.Where(column => !IsHandedOn(column, schema)));
            return (mapper, read.Select(column => missing.GetValueOrDefault(column.Name)).FirstOrDefault(fault => fault is not null));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return (null, e);
        }
    }

    /// <summary>From the last step to the first: those that make a column which is needed.</summary>
    private static List<ITransformer> Walk(List<(ITransformer Step, IRowToRowMapper Mapper)> bound, DataViewSchema.Column feature)
    {
        var kept = new List<ITransformer>();
        DataViewSchema.Column[] needed = [feature];
        for (var i = bound.Count - 1; i >= 0; i--)
        {
            var (step, mapper) = bound[i];
            var before = mapper.InputSchema;
            if (needed.All(column => IsHandedOn(column, before)))
            {
                needed = [.. needed.Select(column => before[column.Index])];
                continue;
            }
            kept.Insert(0, step);
            needed = [.. mapper.GetDependencies(needed)];
        }
        return kept;
    }

    /// <summary>ML.NET's transforms keep the input's columns in their places and add their own behind them.</summary>
    private static bool IsHandedOn(DataViewSchema.Column column, DataViewSchema before) =>
        column.Index < before.Count && before[column.Index].Name == column.Name && before[column.Index].Type.Equals(column.Type);

    /// <summary>What a step reads and writes, where it says so without having seen data.</summary>
    private static (string Input, string Output)[] ColumnsOf(ITransformer step) => step switch
    {
        OneToOneTransformerBase columns => [.. columns.ColumnPairs.Select(pair => (pair.inputColumnName, pair.outputColumnName))],
        ColumnTransformer { SecondColumnName: { } second } column =>
            [(column.InputColumnName, column.OutputColumnName), (column.InputColumnName, second)],
        ColumnTransformer column => [(column.InputColumnName, column.OutputColumnName)],
        ConcatenateBlocksTransformer blocks => [.. blocks.BlockColumnNames.Select(block => (block, blocks.OutputColumnName))],
        _ => [],
    };

    /// <summary>
    /// The column of the data that a member's feature column is made of; null where it is made of several, or of what its steps do not say.
    /// </summary>
    public static string? SourceOf(NetworkInput input)
    {
        var source = input.ColumnName;
        foreach (var step in input.Steps.Reverse())
        {
            var columns = ColumnsOf(step);
            var sources = columns.Where(pair => pair.Output == source).ToArray();
            if (columns.Length == 0 || sources.Length > 1)
                return null;
            if (sources.Length == 1)
                source = sources[0].Input;
        }
        return source;
    }

    private static ArgumentException Fault(NetworkInput input, Exception cause) => new($"{input.Owner}: {cause.Message}", cause);
}
