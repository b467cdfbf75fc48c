using System.Globalization;
using AttributeType = Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper.AttributeProto.Types.AttributeType;
using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;

namespace SongMood.Scoring;

/// <summary>A node of a graph with the shapes of what it reads, for the rules of <see cref="OnnxOperators"/>.</summary>
internal sealed class OnnxNode(NodeProto node, IReadOnlyDictionary<string, long[]> shapes, IReadOnlyDictionary<string, long[]> constants)
{
    public int InputCount => node.Input.Count;

    public int OutputCount => node.Output.Count;

    /// <summary>The shape of an input of floats.</summary>
    public long[] Shape(int input) => input < node.Input.Count && shapes.TryGetValue(node.Input[input], out var shape)
        ? shape
        : throw Fault($"has no input {input} of floats that was made before it");

    /// <summary>An input whose whole numbers are part of the graph: axes, orders, shapes.</summary>
    public long[] Numbers(int input) => input < node.Input.Count && constants.TryGetValue(node.Input[input], out var values)
        ? values
        : throw Fault($"has no input {input} of constant whole numbers");

    /// <summary>Whether there is an input of this place: an optional one is left out by an empty name.</summary>
    public bool HasInput(int input) => input < node.Input.Count && node.Input[input].Length > 0;

    public bool HasAttribute(string name) => node.Attribute.Any(attribute => attribute.Name == name);

    public void NeedInputs(int least, int most) => Need(InputCount >= least && InputCount <= most, $"has {Plural.Of(InputCount, "input")}");

    public long Int(string name, long otherwise) => Find(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>A list that each axis has a number in; where there is none, each has the same.</summary>
    public long[] Ints(string name, int count, long otherwise)
    {
        long[] numbers = HasAttribute(name) ? Ints(name) : [.. Enumerable.Repeat(otherwise, count)];
        Need(numbers.Length == count, $"has {numbers.Length} {name}, expected {count}");
        return numbers;
    }

    /// <summary>Numbers that older operator sets have as an attribute and newer ones as an input; null where they are left out.</summary>
    public long[]? NumbersOf(string attribute, int input) =>
        HasAttribute(attribute) ? Ints(attribute) : HasInput(input) ? Numbers(input) : null;

    public long[] Ints(string name) => [.. Find(name, AttributeType.Ints)?.Ints ?? throw Fault($"has no attribute '{name}'")];

    public string Text(string name, string otherwise) => Find(name, AttributeType.String)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>An axis, counted from the end where it is negative, as an index.</summary>
    public int Axis(long axis, int rank)
    {
        Need(axis >= -rank && axis < rank, FormattableString.Invariant($"has the axis {axis} of {rank}"));
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>The shape that numpy's broadcasting gives.</summary>
    public long[] Broadcast(params ReadOnlySpan<long[]> inputs)
    {
        long[] result = [];
        foreach (var shape in inputs)
        {
            var merged = new long[Math.Max(result.Length, shape.Length)];
            for (var i = 1; i <= merged.Length; i++)
            {
                var (a, b) = (i <= result.Length ? result[^i] : 1, i <= shape.Length ? shape[^i] : 1);
                Need(a == b || a == 1 || b == 1, $"has inputs of the shapes {Text(result)} and {Text(shape)}");
                merged[^i] = Math.Max(a, b);
            }
            result = merged;
        }
        return result;
    }

    public void Need(bool holds, string found)
    {
        if (!holds)
            throw Fault(found);
    }

    /// <summary>Checks an input that must have one certain shape.</summary>
    public void NeedShape(int input, params long[] expected) =>
        Need(Shape(input).AsSpan().SequenceEqual(expected),
            $"has input {input} of the shape {Text(Shape(input))}, expected {Text(expected)}");

    public InvalidDataException Fault(string found) => new($"the node '{node.Name}' ({node.OpType}) {found}");

    public static string Text(long[] shape) =>
        $"({string.Join(", ", shape.Select(length => length.ToString(CultureInfo.InvariantCulture)))})";

    private AttributeProto? Find(string name, AttributeType type)
    {
        var found = node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
        Need(found is null || found.Type == type, $"has an attribute '{name}' that is no {type}");
        return found;
    }
}
