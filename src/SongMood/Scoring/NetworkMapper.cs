using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>
/// A network bound to a schema: the columns it adds, what they depend on, and the scoring of one row, which is what a
/// prediction engine asks for.
/// </summary>
internal sealed class NetworkMapper : IRowToRowMapper
{
    private readonly ColumnBindings _bindings;

    /// <param name="network">The graph.</param>
    /// <param name="inputs">Where each of its inputs comes from.</param>
    /// <param name="schema">The data's columns.</param>
    /// <param name="added">Some of those that <see cref="ScoreColumns"/> names.</param>
    public NetworkMapper(OnnxNetwork network, IReadOnlyList<NetworkInput> inputs, DataViewSchema schema,
        DataViewSchema.DetachedColumn[] added)
    {
        Network = network;
        Features = [.. inputs.Zip(network.Inputs, (input, shape) => input.Bind(schema, shape))];
        _bindings = new ColumnBindings(schema, added);
    }

    public OnnxNetwork Network { get; }

    /// <summary>For each input of the network, what fills it.</summary>
    public BoundInput[] Features { get; }

    public DataViewSchema InputSchema => _bindings.InputSchema;

    public DataViewSchema OutputSchema => _bindings.Schema;

    /// <summary>The input column that an output column is, or null where the network adds it.</summary>
    public DataViewSchema.Column? SourceOf(DataViewSchema.Column output)
    {
        var index = _bindings.MapColumnIndex(out var isSource, output.Index);
        return isSource ? InputSchema[index] : null;
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns
        .SelectMany(column => SourceOf(column) is { } source ? [source] : Features.SelectMany(feature => feature.Dependencies))
        .DistinctBy(column => column.Index);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new NetworkRow(input, this, activeColumns.Any(column => SourceOf(column) is null),
            activeColumns.Any(column => SourceOf(column) is null && column.Name == ScoreColumns.Embedding));

    /// <summary>Copies a row's features to an input of the network. Returns false where one is NaN or infinite.</summary>
    public static bool TryFill(in VBuffer<float> features, Span<float> input)
    {
        features.CopyTo(input);
        return Finite.All(input);
    }

    /// <summary>Checks that a row's features can be scored.</summary>
    public void CheckLength(int input, int length, long position)
    {
        var shape = Network.Inputs[input];
        if (!shape.Accepts(length))
            throw new InvalidOperationException(
                $"Row {position}: the feature column '{Features[input].Column.Name}' has {length} values, "
                + $"but the network was trained on {shape}.");
        if (shape.IsSequence)
            Network.CheckFrames(length / shape.Size);
    }
}
