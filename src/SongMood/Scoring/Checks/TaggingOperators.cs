namespace SongMood.Scoring;

/// <summary>
/// The operators that convolutional networks for music are usually made of, in the forms of operator sets 9 to 22, beside those that
/// SongMood writes. As of those, none has a graph within, reads a file, or makes a shape of numbers that are only known when it runs.
/// </summary>
internal static class TaggingOperators
{
    public static IReadOnlyDictionary<string, OnnxOperator> All { get; } = new Dictionary<string, OnnxOperator>(OnnxOperators.Written)
    {
        ["Abs"] = new([], OnnxOperators.Same),
        ["AveragePool"] = new([.. WindowAttributes, "ceil_mode", "count_include_pad"], Pool),
        ["BatchNormalization"] = new(["epsilon", "momentum", "training_mode"], BatchNormalization),
        ["Cast"] = new(["to"], Cast),
        ["Clip"] = new(["min", "max"], First),
        ["Conv"] = new([.. WindowAttributes, "group"], Convolution),
        ["Dropout"] = new(["ratio", "seed"], First),
        ["Elu"] = new(["alpha"], OnnxOperators.Same),
        ["Erf"] = new([], OnnxOperators.Same),
        ["Exp"] = new([], OnnxOperators.Same),
        ["Gemm"] = new(["alpha", "beta", "transA", "transB"], Gemm),
        ["GlobalAveragePool"] = new([], GlobalPool),
        ["GlobalMaxPool"] = new([], GlobalPool),
        ["HardSigmoid"] = new(["alpha", "beta"], OnnxOperators.Same),
        ["HardSwish"] = new([], OnnxOperators.Same),
        ["InstanceNormalization"] = new(["epsilon"], InstanceNormalization),
        ["LeakyRelu"] = new(["alpha"], OnnxOperators.Same),
        ["LogSoftmax"] = new(["axis"], First),
        ["MaxPool"] = new([.. WindowAttributes, "ceil_mode", "storage_order"], Pool),
        ["Min"] = new([], OnnxOperators.Elementwise),
        ["Neg"] = new([], OnnxOperators.Same),
        ["PRelu"] = new([], OnnxOperators.Elementwise),
        ["Pad"] = new(["mode", "pads", "value"], Pad),
        ["Pow"] = new([], OnnxOperators.Elementwise),
        ["Reciprocal"] = new([], OnnxOperators.Same),
        ["ReduceL2"] = new(["axes", "keepdims"], Reduce),
        ["ReduceMax"] = new(["axes", "keepdims"], Reduce),
        ["ReduceMean"] = new(["axes", "keepdims"], Reduce),
        ["ReduceMin"] = new(["axes", "keepdims"], Reduce),
        ["ReduceSum"] = new(["axes", "keepdims"], Reduce),
        ["Selu"] = new(["alpha", "gamma"], OnnxOperators.Same),
        ["Sigmoid"] = new([], OnnxOperators.Same),
        ["Softplus"] = new([], OnnxOperators.Same),
        ["Squeeze"] = new(["axes"], Squeeze),
        ["Tanh"] = new([], OnnxOperators.Same),
        ["Transpose"] = new(["perm"], Transpose),
        ["Unsqueeze"] = new(["axes"], Unsqueeze),
    };

    private static string[] WindowAttributes => ["kernel_shape", "strides", "pads", "dilations", "auto_pad"];

    /// <summary>Further inputs are single numbers, and need not be there.</summary>
    private static OnnxResult First(OnnxNode node)
    {
        node.Need(node.OutputCount == 1, $"has {Plural.Of(node.OutputCount, "output")}");
        return new(0, node.Shape(0));
    }

    private static OnnxResult Cast(OnnxNode node)
    {
        node.Need(node.Int("to", 0) == 1, "makes something else than floats");
        return OnnxOperators.Same(node);
    }

    private static OnnxResult BatchNormalization(OnnxNode node)
    {
        node.Need(node.Int("training_mode", 0) == 0 && node.OutputCount == 1, "is for training: export the network for inference");
        return OnnxOperators.Written["BatchNormalization"].Apply(node);
    }

    private static OnnxResult InstanceNormalization(OnnxNode node)
    {
        node.NeedInputs(3, 3);
        var x = Image(node);
        node.NeedShape(1, x[1]);
        node.NeedShape(2, x[1]);
        return new(0, x);
    }

    private static OnnxResult Convolution(OnnxNode node)
    {
        node.NeedInputs(2, 3);
        var (x, w, group) = (Image(node), node.Shape(1), node.Int("group", 1));
        node.Need(w.Length == x.Length && group >= 1 && w[0] % group == 0 && x[1] == (Int128)w[1] * group,
            $"has the kernels {OnnxNode.Text(w)} in {group} groups for {OnnxNode.Text(x)}");
        if (node.HasInput(2))
            node.NeedShape(2, w[0]);
        long[] made = [x[0], w[0], .. Windows(node, x, w[2..])];
        return new(made.Aggregate(1.0, (work, size) => work * size) * w[1..].Aggregate(1.0, (taps, size) => taps * size), made);
    }

    private static OnnxResult Pool(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        node.Need(node.OutputCount == 1, $"has {Plural.Of(node.OutputCount, "output")}");
        var x = Image(node);
        var kernel = node.Ints("kernel_shape");
        long[] made = [x[0], x[1], .. Windows(node, x, kernel)];
        return new(made.Aggregate(1.0, (work, size) => work * size) * kernel.Aggregate(1.0, (taps, size) => taps * size), made);
    }

    private static OnnxResult GlobalPool(OnnxNode node)
    {
        node.NeedInputs(1, 1);
        var x = Image(node);
        return new(0, [x[0], x[1], .. Enumerable.Repeat(1L, x.Length - 2)]);
    }

    /// <summary>(rows, channels, and one axis or more).</summary>
    private static long[] Image(OnnxNode node)
    {
        var x = node.Shape(0);
        node.Need(x.Length >= 3, $"has an input of the shape {OnnxNode.Text(x)}");
        return x;
    }

    /// <summary>How many windows there are along each axis.</summary>
    private static long[] Windows(OnnxNode node, long[] x, long[] size)
    {
        var axes = x.Length - 2;
        node.Need(size.Length == axes && size.All(taps => taps >= 1) && node.Ints("kernel_shape", axes, 0) is var told
            && (!node.HasAttribute("kernel_shape") || told.AsSpan().SequenceEqual(size)), $"has kernels of {OnnxNode.Text(size)}");
        var (strides, dilations, pads) = (node.Ints("strides", axes, 1), node.Ints("dilations", axes, 1), node.Ints("pads", 2 * axes, 0));
        var padding = node.Text("auto_pad", "NOTSET");
        node.Need(padding is "NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER", $"has the padding '{padding}'");
        var roundsUp = node.Int("ceil_mode", 0) != 0;
        var windows = new long[axes];
        for (var axis = 0; axis < axes; axis++)
        {
            var (length, stride, reach) = (x[axis + 2], strides[axis], (Int128)(size[axis] - 1) * dilations[axis] + 1);
            node.Need(stride >= 1 && dilations[axis] >= 1 && pads[axis] >= 0 && pads[axis] <= reach && pads[axis + axes] >= 0
                && pads[axis + axes] <= reach, $"has the strides {OnnxNode.Text(strides)}, the dilations {OnnxNode.Text(dilations)} and "
                + $"the padding {OnnxNode.Text(pads)}");
            if (padding.StartsWith("SAME", StringComparison.Ordinal))
            {
                windows[axis] = (long)(((Int128)length + stride - 1) / stride);
                continue;
            }
            var room = length + (padding == "VALID" ? 0 : (Int128)pads[axis] + pads[axis + axes]) - reach;
            node.Need(room >= 0, $"has kernels that reach over {reach} of {length} values");
            windows[axis] = (long)((room + (roundsUp ? stride - 1 : 0)) / stride + 1);
        }
        return windows;
    }

    private static OnnxResult Gemm(OnnxNode node)
    {
        node.NeedInputs(2, 3);
        var (a, b) = (node.Shape(0), node.Shape(1));
        node.Need(a.Length == 2 && b.Length == 2, "has inputs that are no matrices");
        var (rows, inner) = node.Int("transA", 0) != 0 ? (a[1], a[0]) : (a[0], a[1]);
        var (found, outer) = node.Int("transB", 0) != 0 ? (b[1], b[0]) : (b[0], b[1]);
        node.Need(inner == found, $"multiplies {OnnxNode.Text(a)} by {OnnxNode.Text(b)}");
        long[] product = [rows, outer];
        if (node.HasInput(2))
            node.Need(node.Broadcast(node.Shape(2), product).AsSpan().SequenceEqual(product), $"adds {OnnxNode.Text(node.Shape(2))}");
        return new((double)rows * inner * outer, product);
    }

    private static OnnxResult Reduce(OnnxNode node)
    {
        node.NeedInputs(1, 2);
        return OnnxOperators.Reduced(node, node.NumbersOf("axes", 1) is { Length: > 0 } told
            ? told : Enumerable.Range(0, node.Shape(0).Length).Select(axis => (long)axis));
    }

    private static OnnxResult Transpose(OnnxNode node)
    {
        if (node.HasAttribute("perm"))
            return OnnxOperators.Written["Transpose"].Apply(node);
        node.NeedInputs(1, 1);
        return new(0, [.. node.Shape(0).Reverse()]);
    }

    private static OnnxResult Squeeze(OnnxNode node)
    {
        node.NeedInputs(1, 2);
        var x = node.Shape(0);
        return OnnxOperators.Squeezed(node, node.NumbersOf("axes", 1)
            ?? Enumerable.Range(0, x.Length).Where(axis => x[axis] == 1).Select(axis => (long)axis));
    }

    private static OnnxResult Unsqueeze(OnnxNode node)
    {
        node.NeedInputs(1, 2);
        return OnnxOperators.Unsqueezed(node, node.NumbersOf("axes", 1) ?? throw node.Fault("has no axes"));
    }

    private static OnnxResult Pad(OnnxNode node)
    {
        node.NeedInputs(1, 3);
        var (x, pads) = (node.Shape(0), node.NumbersOf("pads", 1) ?? throw node.Fault("has no padding"));
        node.Need(node.Text("mode", "constant") is "constant" or "reflect" or "edge", "has a padding of another kind");
        node.Need(pads.Length == 2 * x.Length && pads.All(pad => pad is >= 0 and <= int.MaxValue),
            $"has the padding {OnnxNode.Text(pads)} for {OnnxNode.Text(x)}");
        return new(0, [.. x.Select((size, axis) => size + pads[axis] + pads[axis + x.Length])]);
    }
}
