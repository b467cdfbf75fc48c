using Microsoft.ML.OnnxRuntime;
using SongMood.Scoring;

namespace SongMood.Tests.Scoring.Checks;

/// <summary>The shapes that the check works out are those that ONNX Runtime makes.</summary>
public class TaggingOperatorsTests
{
    private delegate string Nodes(OnnxGraphBuilder graph, string image); // the image is (1, 1, 9, 12)

    private static readonly Dictionary<string, Nodes> Cases = new()
    {
        ["Conv"] = (g, x) => g.Node("Conv", [x, Kernel(g, 4, 1, 3, 5)]),
        ["Conv, strides, padding, dilations"] = (g, x) => g.Node("Conv", [x, Kernel(g, 4, 1, 3, 2), g.Weights("bias", new float[4], 4)],
            ("kernel_shape", Ints(3, 2)), ("strides", Ints(2, 3)), ("pads", Ints(1, 0, 2, 1)), ("dilations", Ints(2, 3))),
        ["Conv, in groups"] = (g, x) => g.Node("Conv",
            [g.Node("Conv", [x, Kernel(g, 6, 1, 1, 1)]), g.Weights("k2", new float[6 * 9], 6, 1, 3, 3)],
            ("group", 6), ("auto_pad", "SAME_UPPER"), ("strides", Ints(2, 2))),
        ["Conv, same, lower"] = (g, x) => g.Node("Conv", [x, Kernel(g, 4, 1, 4, 4)], ("auto_pad", "SAME_LOWER"), ("strides", Ints(4, 5))),
        ["Conv, valid"] = (g, x) => g.Node("Conv", [x, Kernel(g, 4, 1, 4, 4)], ("auto_pad", "VALID")),
        ["MaxPool"] = (g, x) => g.Node("MaxPool", [x], ("kernel_shape", Ints(2, 5)), ("strides", Ints(2, 5))),
        ["MaxPool, rounding up"] = (g, x) => g.Node("MaxPool", [x], ("kernel_shape", Ints(2, 5)), ("strides", Ints(2, 5)),
            ("ceil_mode", 1)),
        ["AveragePool, padding"] = (g, x) => g.Node("AveragePool", [x], ("kernel_shape", Ints(3, 3)), ("pads", Ints(1, 1, 1, 1)),
            ("strides", Ints(2, 1)), ("count_include_pad", 1)),
        ["GlobalAveragePool"] = (g, x) => g.Node("GlobalAveragePool", [x]),
        ["GlobalMaxPool"] = (g, x) => g.Node("GlobalMaxPool", [x]),
        ["ReduceMean"] = (g, x) => g.Node("ReduceMean", [x], ("axes", Ints(-1, 1)), ("keepdims", 0)),
        ["ReduceMax, kept"] = (g, x) => g.Node("ReduceMax", [x], ("axes", Ints(3))),
        ["ReduceMin"] = (g, x) => g.Node("ReduceMin", [x], ("axes", Ints(2)), ("keepdims", 0)),
        ["ReduceL2"] = (g, x) => g.Node("ReduceL2", [x], ("axes", Ints(2)), ("keepdims", 0)),
        ["ReduceSum"] = (g, x) => g.Node("ReduceSum", [x, g.Integers("axes", 3)], ("keepdims", 0)),
        ["Transpose"] = (g, x) => g.Node("Transpose", [x], ("perm", Ints(0, 3, 1, 2))),
        ["Squeeze, of itself"] = (g, x) => g.Node("Unsqueeze", [g.Node("Squeeze", [x]), g.Integers("row", 0)]),
        ["Pad"] = (g, x) => g.Node("Pad", [x, g.Integers("pads", 0, 0, 1, 2, 0, 0, 3, 4)]),
        ["Pad, mirrored"] = (g, x) => g.Node("Pad", [x, g.Integers("pads", 0, 0, 1, 2, 0, 0, 3, 4)], ("mode", "reflect")),
        ["Gemm"] = (g, x) => g.Node("Gemm", [g.Node("Flatten", [x]), g.Weights("w", new float[5 * 108], 5, 108)],
            ("transB", 1), ("alpha", 0.5f)),
        ["InstanceNormalization"] = (g, x) => g.Node("InstanceNormalization", [x, g.Weights("s", [1], 1), g.Weights("b", [1], 1)]),
        ["BatchNormalization"] = (g, x) => g.Node("BatchNormalization",
            [x, g.Weights("s", [1], 1), g.Weights("b", [1], 1), g.Weights("m", [1], 1), g.Weights("v", [1], 1)], ("momentum", 0.9f)),
        ["PRelu"] = (g, x) => g.Node("PRelu", [x, g.Weights("slope", [0.1f], 1, 1, 1)]),
        ["Pow"] = (g, x) => g.Node("Pow", [x, g.Scalar("two", 2)]),
        ["Min"] = (g, x) => g.Node("Min", [x, g.Weights("row", new float[12], 12)]),
        ["Clip"] = (g, x) => g.Node("Clip", [x, "", g.Scalar("six", 6)]),
        ["Dropout"] = (g, x) => g.Node("Dropout", [x, g.Scalar("ratio", 0.5f)]),
        ["Cast"] = (g, x) => g.Node("Cast", [x], ("to", 1)),
        ["LogSoftmax"] = (g, x) => g.Node("LogSoftmax", [x], ("axis", -1)),
        ["Constant"] = (g, x) => g.Node("Unsqueeze", [x, g.Node("Constant", [], ("value_ints", Ints(1)))]),
    };

    public static TheoryData<string> Names =>
        [.. Cases.Keys, "Abs", "Elu", "Erf", "Exp", "HardSigmoid", "HardSwish", "LeakyRelu", "Neg", "Reciprocal", "Selu", "Sigmoid",
            "Softplus", "Tanh"];

    [Fact]
    public void Every_operator_is_tried()
    {
        var tried = Names.Select(name => name.Data.Split(',')[0]).ToHashSet();
        Assert.Empty(TaggingOperators.All.Keys.Except(OnnxOperators.Written.Keys).Except(tried));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shape_is_the_one_that_is_made(string name)
    {
        var graph = new OnnxGraphBuilder("one");
        var image = graph.Node("Unsqueeze", [graph.Input("patches", "batch", 9, 12), graph.Integers("channel", 1)]);
        var made = Cases.TryGetValue(name, out var nodes) ? nodes(graph, image) : graph.Node(name, [image]);
        graph.Output(graph.Rename(made, "made"), Enumerable.Range(0, 9).Select(axis => (object)$"d{axis}").ToArray()[..Rank(name)]);
        var bytes = graph.Build();
        var check = new PatchGraphCheck(null, framesFirst: true, null) { Operators = TaggingOperators.All };
        var checkedGraph = check.Check(bytes);

        using var session = new InferenceSession(checkedGraph);
        var values = Enumerable.Range(1, 9 * 12).Select(i => i / 10f).ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 9, 12]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["patches"], [input], ["made"]);
        Assert.Equal(outputs[0].GetTensorTypeAndShape().Shape, check.Found.OutputShape);
    }

    private static int Rank(string name) => name.Split(',')[0] switch
    {
        "ReduceMin" or "ReduceL2" or "ReduceSum" or "Squeeze" => 3,
        "ReduceMean" or "Gemm" => 2,
        "Constant" => 5,
        _ => 4,
    };

    private static string Kernel(OnnxGraphBuilder graph, params long[] shape) =>
        graph.Weights("kernel", new float[shape.Aggregate(1, (product, size) => product * (int)size)], shape);

    private static long[] Ints(params long[] values) => values;
}
