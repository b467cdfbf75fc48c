using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Learns the mean and the deviation of every slot in one pass over the rows.</summary>
public sealed class ConcatenateBlocksEstimator : IEstimator<ConcatenateBlocksTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly string _outputColumnName;
    private readonly ConcatenateBlocksOptions _options;
    private readonly string[] _blockColumnNames;

    internal ConcatenateBlocksEstimator(
        IHostEnvironment env, string outputColumnName, ConcatenateBlocksOptions options, string[] blockColumnNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(blockColumnNames);
        if (ConcatenateBlocksTransformer.NameFault(blockColumnNames) is { } fault)
            throw new ArgumentException($"{ConcatenateBlocksTransformer.Name}: {fault}", nameof(blockColumnNames));
        _env = env;
        _outputColumnName = outputColumnName;
        _options = options;
        _blockColumnNames = [.. blockColumnNames];
    }

    /// <summary>Reads all rows of the blocks' columns once.</summary>
    /// <exception cref="ArgumentException">A column is missing, of another type, or without rows.</exception>
    /// <exception cref="RowException">
    /// A value is NaN or infinite, or a transform before could not take a row; the error names row and column.
    /// </exception>
    public ConcatenateBlocksTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var columns = Array.ConvertAll(_blockColumnNames, name => Find(input.Schema, name));
        var moments = Array.ConvertAll(columns, column => new SlotMoments(ColumnForm.Of(column).Size));
        CursorErrors.Read(() => Include(input, columns, moments));
        if (moments[0].RowCount == 0)
            throw Refusals.WrongColumn(
                ConcatenateBlocksTransformer.Name, columns[0].Name, "without rows", "at least one row to learn from");
        return new ConcatenateBlocksTransformer(_env, _outputColumnName, new()
        {
            Blocks = [.. columns.Zip(moments, (column, moment) => new ConcatenateBlocksTransformer.Block
            {
                Column = column.Name, Mean = moment.Means(), Deviation = moment.Deviations(_options.ShareDeviation),
            })],
        });
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        columns[_outputColumnName] = ConcatenateBlocksTransformer.Promise(_outputColumnName, Array.ConvertAll(_blockColumnNames,
            name => columns.TryGetValue(name, out var block)
                ? block : throw Refusals.NoColumn(ConcatenateBlocksTransformer.Name, name, columns.Keys)));
        return new SchemaShape(columns.Values);
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        var column = schema.GetColumnOrNull(name)
            ?? throw Refusals.NoColumn(ConcatenateBlocksTransformer.Name, name, schema.Select(column => column.Name));
        var form = ColumnForm.Of(column);
        return ConcatenateBlocksTransformer.IsBlock(form) ? column : throw Refusals.WrongColumn(
            ConcatenateBlocksTransformer.Name, name, form.DescribeType(), ConcatenateBlocksTransformer.Expected);
    }

    // One cursor: sums depend on their order, and the same data are to give the same model.
    private static void Include(IDataView input, DataViewSchema.Column[] columns, SlotMoments[] moments)
    {
        using var cursor = input.GetRowCursor(columns);
        var getId = cursor.GetIdGetter();
        var getters = Array.ConvertAll(columns, column => cursor.GetGetter<VBuffer<float>>(column));
        var row = default(VBuffer<float>);
        var dense = Array.Empty<float>();
        while (cursor.MoveNext())
            for (var block = 0; block < columns.Length; block++)
            {
                getters[block](ref row);
                try
                {
                    moments[block].Include(VectorTransformer.Dense(row, ref dense));
                }
                catch (InvalidDataException e)
                {
                    throw new RowException(
                        ConcatenateBlocksTransformer.Name, CursorErrors.IdOf(getId), columns[block].Name, null, e);
                }
            }
    }
}
