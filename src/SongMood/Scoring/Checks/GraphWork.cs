using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;

namespace SongMood.Scoring;

/// <summary>
/// Sums up what a graph's nodes make of one row, and what that takes: more than there is reason to is refused before it runs.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="row">What the row is, for errors.</param>
/// <param name="growth">How many times as long it is as the rows that the bounds are meant for.</param>
internal sealed class GraphWork(GraphProto graph, string row, double growth)
{
    private readonly Dictionary<string, int> _lastUses = LastUses(graph);
    private readonly Dictionary<int, double> _endings = []; // by node: values that are not needed behind it
    private double _atOnce;
    private int _node;

    /// <summary>The values that all nodes together make.</summary>
    public double Values { get; private set; }

    /// <summary>About how many multiplications all nodes together take.</summary>
    public double Multiplications { get; private set; }

    /// <summary>Counts what the next node makes.</summary>
    /// <exception cref="InvalidDataException">It is too much.</exception>
    public void Add(NodeProto node, OnnxResult made)
    {
        foreach (var (index, shape) in made.Shapes.Take(node.Output.Count).Index())
        {
            var count = shape.Aggregate(1.0, (product, size) => product * size);
            (Values, _atOnce) = (Values + count, _atOnce + count);
            var end = _lastUses.GetValueOrDefault(node.Output[index], _node);
            _endings[end] = _endings.GetValueOrDefault(end) + count;
        }
        Multiplications += made.Multiplications;
        Need(Values, growth * GraphCheck.MostValues, "make", "values", node);
        Need(_atOnce, GraphCheck.MostValuesAtOnce, "make", "values that are needed at once", node);
        Need(Multiplications, growth * GraphCheck.MostMultiplications, "take", "multiplications", node);
        _atOnce -= _endings.GetValueOrDefault(_node++);
    }

    private static Dictionary<string, int> LastUses(GraphProto graph)
    {
        var uses = new Dictionary<string, int>();
        foreach (var (index, node) in graph.Node.Index())
            foreach (var input in node.Input)
                uses[input] = index;
        foreach (var output in graph.Output)
            uses[output.Name] = graph.Node.Count;
        return uses;
    }

    private void Need(double found, double most, string verb, string what, NodeProto node)
    {
        if (!(found <= most))
            throw new InvalidDataException(
                FormattableString.Invariant($"up to '{node.Name}' its nodes {verb} more than {most:0} {what} of {row}"));
    }
}
