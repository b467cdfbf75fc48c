namespace SongMood.Scoring;

/// <summary>What a node of some operator makes.</summary>
/// <param name="Multiplications">About how many it takes, for those where they are more than the values read and written.</param>
/// <param name="Shapes">The shape of each output.</param>
internal readonly record struct OnnxResult(double Multiplications, params long[][] Shapes);

/// <summary>An operator that a graph may hold.</summary>
/// <param name="Attributes">Those that its nodes may have.</param>
/// <param name="Apply">The shapes of a node's outputs. Throws where the node is not as the standard has it.</param>
internal sealed record OnnxOperator(string[] Attributes, Func<OnnxNode, OnnxResult> Apply);

/// <summary>
/// The operators that SongMood writes, in the forms in which it writes them, with the shapes that they make (opset 17,
/// https://github.com/onnx/onnx/blob/main/docs/Operators.md). None of them has a graph within, reads a file, or makes a shape of numbers
/// that are only known when it runs.
/// </summary>
internal static class OnnxOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> Written { get; } = new Dictionary<string, OnnxOperator>
    {
        ["Add"] = new([], Elementwise),
        ["BatchNormalization"] = new(["epsilon"], BatchNormalization),
        ["Clip"] = new([], Elementwise),
        ["Concat"] = new(["axis"], Concat),
        ["Conv"] = new(["kernel_shape", "strides", "pads"], Convolution),
        ["Div"] = new([], Elementwise),
        ["Flatten"] = new(["axis"], Flatten),
        ["GRU"] = new(["hidden_size", "direction", "linear_before_reset"], node => Recurrent(node, gates: 3)),
        ["Gather"] = new(["axis"], Gather),
        ["Gemm"] = new(["transB"], Gemm),
        ["Hardmax"] = new(["axis"], Along),
        ["Identity"] = new([], Same),
        ["LSTM"] = new(["hidden_size", "direction"], node => Recurrent(node, gates: 4)),
        ["LayerNormalization"] = new(["axis", "epsilon"], LayerNormalization),
        ["Log"] = new([], Same),
        ["MatMul"] = new([], MatMul),
        ["Max"] = new([], Elementwise),
        ["MaxPool"] = new(["kernel_shape", "strides"], MaxPool),
        ["Mul"] = new([], Elementwise),
        ["RNN"] = new(["hidden_size", "direction"], node => Recurrent(node, gates: 1)),
        ["ReduceSum"] = new(["keepdims"], ReduceSum),
        ["Relu"] = new([], Same),
        ["Reshape"] = new([], Reshape),
        ["Softmax"] = new(["axis"], Along),
        ["Split"] = new(["axis"], Split),
        ["Sqrt"] = new([], Same),
        ["Squeeze"] = new([], Squeeze),
        ["Sub"] = new([], Elementwise),
        ["Sum"] = new([], Elementwise),
        ["Transpose"] = new(["perm"], Transpose),
        ["Unsqueeze"] = new([], Unsqueeze),
    };

    internal static OnnxResult Same(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        return new(0, node.Shape(0));
    }

    private static OnnxResult Along(OnnxNode node)
    {
        node.Axis(node.Int("axis", -1), node.Shape(0).Length);
        return Same(node);
    }

    internal static OnnxResult Elementwise(OnnxNode node)
    {
        node.NeedInputs(1, int.MaxValue);
        return new(0, node.Broadcast([.. Enumerable.Range(0, node.InputCount).Select(node.Shape)]));
    }

    private static OnnxResult BatchNormalization(OnnxNode node)
    {
        node.NeedInputs(5, 5);
        var x = node.Shape(0);
        node.Need(x.Length >= 2, $"has an input of the shape {OnnxNode.Text(x)}");
        for (var i = 1; i < 5; i++)
            node.NeedShape(i, x[1]);
        return new(0, x);
    }

    private static OnnxResult LayerNormalization(OnnxNode node)
    {
        node.NeedInputs(3, 3);
        var x = node.Shape(0);
        node.Need(x.Length >= 1 && node.Axis(node.Int("axis", -1), x.Length) == x.Length - 1, "is not over the last axis");
        node.NeedShape(1, x[^1]);
        node.NeedShape(2, x[^1]);
        return new(0, x);
    }

    private static OnnxResult Concat(OnnxNode node)
    {
        node.NeedInputs(1, int.MaxValue);
        long[] sum = [.. node.Shape(0)];
        var axis = node.Axis(node.Int("axis", long.MaxValue), sum.Length);
        for (var i = 1; i < node.InputCount; i++)
        {
            var next = node.Shape(i);
            node.Need(next.Length == sum.Length && !sum.Where((size, place) => place != axis && size != next[place]).Any(),
                $"has inputs of the shapes {OnnxNode.Text(sum)} and {OnnxNode.Text(next)}");
            sum[axis] += next[axis];
        }
        return new(0, sum);
    }

    private static OnnxResult Split(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        long[] part = [.. node.Shape(0)];
        var axis = node.Axis(node.Int("axis", 0), part.Length);
        node.Need(node.OutputCount > 0 && part[axis] % node.OutputCount == 0, $"parts {part[axis]} values into {node.OutputCount}");
        part[axis] /= node.OutputCount;
        return new(0, [.. Enumerable.Repeat(part, node.OutputCount)]);
    }

    private static OnnxResult Gather(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        long[] x = [.. node.Shape(0)];
        var axis = node.Axis(node.Int("axis", 0), x.Length);
        var places = node.Numbers(1);
        node.Need(places.All(place => place >= -x[axis] && place < x[axis]), $"takes a place that the {x[axis]} do not have");
        x[axis] = places.Length;
        return new(0, x);
    }

    private static OnnxResult Flatten(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        var x = node.Shape(0);
        var axis = node.Axis(node.Int("axis", 1), x.Length + 1);
        return new(0, [Count(x[..axis]), Count(x[axis..])]);
    }

    private static OnnxResult Transpose(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        var (x, order) = (node.Shape(0), node.Ints("perm"));
        node.Need(order.Order().SequenceEqual(Enumerable.Range(0, x.Length).Select(axis => (long)axis)),
            $"has the order {OnnxNode.Text(order)}");
        return new(0, [.. order.Select(axis => x[axis])]);
    }

    private static OnnxResult Reshape(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        var (x, asked) = (node.Shape(0), node.Numbers(1));
        node.Need(asked.All(size => size >= -1) && asked.Count(size => size == -1) <= 1
            && !asked[Math.Min(asked.Length, x.Length)..].Contains(0),
            $"asks for the shape {OnnxNode.Text(asked)}");
        long[] shape = [.. asked.Select((size, axis) => size == 0 ? x[axis] : size)]; // 0: as it was
        var known = shape.Where(size => size != -1).Aggregate(1.0, (product, size) => product * size);
        node.Need(shape.Contains(-1) ? known > 0 && Count(x) % known == 0 : known == Count(x),
            $"cannot make {OnnxNode.Text(asked)} of {OnnxNode.Text(x)}");
        return new(0, [.. shape.Select(size => size == -1 ? Count(x) / (long)known : size)]);
    }

    private static OnnxResult Squeeze(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        return Squeezed(node, node.Numbers(1));
    }

    private static OnnxResult Unsqueeze(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        return Unsqueezed(node, node.Numbers(1));
    }

    private static OnnxResult ReduceSum(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        return Reduced(node, node.Numbers(1));
    }

    /// <summary>The first input without these axes, which must be 1.</summary>
    internal static OnnxResult Squeezed(OnnxNode node, IEnumerable<long> asked)
    {
        var x = node.Shape(0);
        int[] axes = [.. asked.Select(axis => node.Axis(axis, x.Length))];
        node.Need(axes.All(axis => x[axis] == 1), $"leaves out an axis of {OnnxNode.Text(x)} that is not 1");
        return new(0, [.. x.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <summary>The first input with axes of 1 in these places of the result.</summary>
    internal static OnnxResult Unsqueezed(OnnxNode node, long[] asked)
    {
        var x = node.Shape(0);
        int[] axes = [.. asked.Select(axis => node.Axis(axis, x.Length + asked.Length))];
        node.Need(axes.Distinct().Count() == axes.Length, $"has the axes {OnnxNode.Text(asked)}");
        var next = 0;
        return new(0, [.. Enumerable.Range(0, x.Length + axes.Length).Select(axis => axes.Contains(axis) ? 1 : x[next++])]);
    }

    /// <summary>The first input with these axes made one value each, or left out.</summary>
    internal static OnnxResult Reduced(OnnxNode node, IEnumerable<long> asked)
    {
        var x = node.Shape(0);
        int[] axes = [.. asked.Select(axis => node.Axis(axis, x.Length))];
        var keeps = node.Int("keepdims", 1) != 0;
        return new(0, [.. x.Select((size, axis) => axes.Contains(axis) ? 1 : size).Where((_, axis) => keeps || !axes.Contains(axis))]);
    }

    private static OnnxResult Gemm(OnnxNode node)
    {
        node.NeedInputs(3, 3);
        var (a, b, c) = (node.Shape(0), node.Shape(1), node.Shape(2));
        node.Need(a.Length == 2 && b.Length == 2, "has inputs that are no matrices");
        var (inner, outer) = node.Int("transB", 0) != 0 ? (b[1], b[0]) : (b[0], b[1]);
        node.Need(a[1] == inner, $"multiplies {OnnxNode.Text(a)} by {OnnxNode.Text(b)}");
        node.Need(node.Broadcast(c, [a[0], outer]).AsSpan().SequenceEqual([a[0], outer]), $"adds {OnnxNode.Text(c)}");
        return new((double)a[0] * inner * outer, [a[0], outer]);
    }

    private static OnnxResult MatMul(OnnxNode node)
    {
        node.NeedInputs(2, 2);
        var (a, b) = (node.Shape(0), node.Shape(1));
        node.Need(a.Length >= 2 && b.Length >= 2 && a[^1] == b[^2], $"multiplies {OnnxNode.Text(a)} by {OnnxNode.Text(b)}");
        long[] product = [.. node.Broadcast(a[..^2], b[..^2]), a[^2], b[^1]];
        return new(product.Aggregate((double)a[^1], (work, size) => work * size), product);
    }

    private static OnnxResult Convolution(OnnxNode node)
    {
        node.NeedInputs(3, 3);
        var (x, w) = (node.Shape(0), node.Shape(1));
        node.Need(x.Length == 3 && w.Length == 3 && x[1] == w[1], $"has the kernels {OnnxNode.Text(w)} for {OnnxNode.Text(x)}");
        node.NeedShape(2, w[0]);
        var pads = node.Ints("pads");
        node.Need(pads.Length == 2 && pads.All(pad => pad >= 0 && pad <= w[2]), $"has the padding {OnnxNode.Text(pads)}");
        var length = Windows(node, x[2] + pads[0] + pads[1], w[2]);
        return new((double)x[0] * w[0] * w[1] * w[2] * length, [x[0], w[0], length]);
    }

    private static OnnxResult MaxPool(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        node.Need(node.OutputCount == 1 && node.Shape(0).Length == 3, "is not over one axis");
        var x = node.Shape(0);
        return new(0, [x[0], x[1], Windows(node, x[2], node.Ints("kernel_shape") is [var size] ? size : 0)]);
    }

    private static long Windows(OnnxNode node, long length, long size)
    {
        var (kernel, strides) = (node.Ints("kernel_shape"), node.Ints("strides"));
        node.Need(kernel.AsSpan().SequenceEqual([size]) && size >= 1 && size <= length && strides is [>= 1],
            $"has the kernel {OnnxNode.Text(kernel)} and the stride {OnnxNode.Text(strides)} over {length} values");
        return (length - size) / strides[0] + 1;
    }

    private static OnnxResult Recurrent(OnnxNode node, int gates)
    {
        node.NeedInputs(4, 4);
        var x = node.Shape(0); // (frames, rows, size)
        var hidden = node.Int("hidden_size", 0);
        var direction = node.Text("direction", "forward");
        node.Need(direction is "forward" or "bidirectional", "has a direction of its own");
        var directions = direction == "forward" ? 1 : 2;
        node.Need(x.Length == 3 && hidden >= 1 && hidden <= int.MaxValue, $"has {hidden} states over {OnnxNode.Text(x)}");
        node.NeedShape(1, directions, gates * hidden, x[2]);
        node.NeedShape(2, directions, gates * hidden, hidden);
        node.NeedShape(3, directions, 2 * gates * hidden);
        return new((double)x[0] * x[1] * directions * gates * hidden * (x[2] + hidden), [x[0], directions, x[1], hidden],
            [directions, x[1], hidden]);
    }

    /// <summary>How many values there are; <see cref="long.MaxValue"/> where they are more, never a number that went round.</summary>
    internal static long Count(long[] shape) =>
        shape.Aggregate(1L, (product, size) => (long)Int128.Min((Int128)product * size, long.MaxValue));
}
