using System.Buffers.Binary;
using Google.Protobuf;
using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;
using ElementType = Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper.TensorProto.Types.DataType;

namespace SongMood.Scoring;

/// <summary>
/// Looks through a user's graph over patches of a spectrogram: one input of patches, and the output that is asked for, without which all
/// that only leads to others is left out. Other programs' ways of writing the same (constants as nodes, shapes of inner values, weights
/// among the inputs) are brought into SongMood's first.
/// </summary>
internal sealed class PatchGraphCheck : GraphCheck
{
    public const int OldestOperatorSet = 9;
    public const int NewestOperatorSet = 22;
    public const int MostSize = 1 << 16; // frames, bands, values of an embedding
    public const int MostPatchValues = 1 << 24;
    private const string UsualOutput = "embedding";
    private const string Batch = "batch";

    private readonly int? _patchFrames;
    private readonly bool _framesFirst;
    private readonly string? _outputName;

    /// <param name="patchFrames">Frames of a patch; null for as many as the graph says.</param>
    /// <param name="framesFirst">Whether a patch is (frames, bands), not (bands, frames).</param>
    /// <param name="outputName">The output to keep; null for the only one, or the one called "embedding".</param>
    public PatchGraphCheck(int? patchFrames, bool framesFirst, string? outputName) =>
        (_patchFrames, _framesFirst, _outputName) = (patchFrames, framesFirst, outputName);

    /// <summary>What the graph takes and gives, once it is checked.</summary>
    public PatchGraph Found { get; private set; } = PatchGraph.None;

    private protected override string RowOf(int frames) => "a patch";

    private protected override string Expected => "none that can be run over patches of a spectrogram";

    private protected override void CheckOperatorSets(ModelProto model)
    {
        var ours = model.OpsetImport.Where(set => set.Domain is "" or "ai.onnx").ToArray();
        Need(ours is [{ Version: >= OldestOperatorSet and <= NewestOperatorSet }], $"its operator sets are {OperatorSetsOf(model)}, "
            + $"expected '' {OldestOperatorSet} to {NewestOperatorSet}: export it for one of these");
    }

    private protected override void Prepare(GraphProto graph)
    {
        foreach (var tensor in graph.Initializer)
            ToBytes(tensor);
        foreach (var node in graph.Node.Where(node => node is { OpType: "Constant", Domain: "" }).ToArray())
        {
            graph.Initializer.Add(ConstantOf(node));
            graph.Node.Remove(node);
        }
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        foreach (var input in graph.Input.Where(input => weights.Contains(input.Name)).ToArray())
            graph.Input.Remove(input);
        graph.ValueInfo.Clear();
        Need(graph.Input.Count == 1,
            $"its inputs are {string.Join(", ", graph.Input.Select(input => $"'{input.Name}'"))}, expected one, of patches");

        var output = ChooseOutput([.. graph.Output.Select(output => output.Name)]);
        foreach (var other in graph.Output.Where(other => other.Name != output).ToArray())
            graph.Output.Remove(other);
    }

    private string ChooseOutput(string[] names)
    {
        var chosen = _outputName ?? (names.Length == 1 ? names[0] : UsualOutput);
        Need(names.Count(name => name == chosen) == 1, $"its outputs are {string.Join(", ", names.Select(name => $"'{name}'"))}"
            + (_outputName is null ? ": say which by OutputName" : $", none of them '{_outputName}'"));
        return chosen;
    }

    private protected override long[] InputShape(ValueInfoProto input, int frameCount)
    {
        var dimensions = FloatDimensions(input);
        Need(dimensions.Count is 3 or 4, $"its input '{input.Name}' has {Plural.Of(dimensions.Count, "dimension")}, expected "
            + "three (patches, "
            + $"{(_framesFirst ? "frames, bands" : "bands, frames")}), or four with one channel");
        var channel = dimensions.Count == 3 ? 0 : dimensions[1].DimValue == 1 ? 1 : 3;
        Need(channel == 0 || dimensions[channel].DimValue == 1, $"its input '{input.Name}' is {Text(dimensions)}, expected one channel");
        var (first, second) = channel == 1 ? (2, 3) : (1, 2);
        var (frames, bands) = _framesFirst ? (dimensions[first], dimensions[second]) : (dimensions[second], dimensions[first]);
        Need(bands.DimValue is > 0 and <= MostSize, $"its input '{input.Name}' is {Text(dimensions)}, of which the bands must be a number "
            + $"from 1 to {MostSize}: export it with a fixed number of bands, or set Layout to the other order");
        var patchFrames = frames.DimValue > 0 ? frames.DimValue : _patchFrames ?? 0;
        Need(patchFrames is > 0 and <= MostSize, $"its input '{input.Name}' is {Text(dimensions)}, which does not say the frames of a "
            + $"patch: set PatchFrames, from 1 to {MostSize}");
        Need(_patchFrames is null || _patchFrames == patchFrames,
            $"its input '{input.Name}' is {Text(dimensions)}: patches of {patchFrames} frames, but PatchFrames is {_patchFrames}; leave it "
            + "out, or set Layout to the other order");
        Need(patchFrames * bands.DimValue <= MostPatchValues,
            $"its patches are {patchFrames} x {bands.DimValue} values, at most {MostPatchValues} are taken");
        var isSingle = dimensions[0].DimValue == 1;
        Need(isSingle || dimensions[0].DimValue <= 0, $"its input '{input.Name}' is {Text(dimensions)}, of which the first must be any "
            + "number of patches, or 1");
        frames.DimValue = patchFrames;
        if (!isSingle)
            dimensions[0].DimParam = Batch;
        long[] shape = [1, .. dimensions.Skip(1).Select(dimension => dimension.DimValue)];
        Found = Found with
        {
            InputName = input.Name,
            InputShape = shape,
            PatchFrames = (int)patchFrames,
            BandCount = (int)bands.DimValue,
            TakesOne = isSingle,
        };
        return shape;
    }

    private protected override void CheckOutputs(GraphProto graph, Dictionary<string, long[]> shapes)
    {
        var output = graph.Output.Single();
        FloatDimensions(output);
        Need(shapes.TryGetValue(output.Name, out var made), $"no node makes its output '{output.Name}'");
        var size = OnnxOperators.Count(made![Math.Min(1, made.Length)..]);
        Need(made.Length >= 2 && made[0] == 1 && size is > 0 and <= MostSize, $"its output '{output.Name}' is {OnnxNode.Text(made)} for "
            + $"one patch, expected (1, ...) of at most {MostSize} values");
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        shape.Dim.Add(made.Skip(1).Select(length => new TensorShapeProto.Types.Dimension { DimValue = length }));
        output.Type.TensorType.Shape = shape;
        Found = Found with { OutputName = output.Name, OutputShape = made, EmbeddingSize = (int)size };
    }

    private static TensorProto ConstantOf(NodeProto node)
    {
        Need(node is { Input.Count: 0, Output.Count: 1, Attribute.Count: 1 }, $"the node '{node.Name}' (Constant) is of another form");
        var tensor = node.Attribute[0] switch
        {
            { Name: "value", T: { } value } => value.Clone(),
            { Name: "value_float" } number => new TensorProto { DataType = (int)ElementType.Float, FloatData = { number.F } },
            { Name: "value_floats" } numbers => List(ElementType.Float, numbers.Floats.Count, list => list.FloatData.Add(numbers.Floats)),
            { Name: "value_ints" } numbers => List(ElementType.Int64, numbers.Ints.Count, list => list.Int64Data.Add(numbers.Ints)),
            var other => throw new InvalidDataException($"the node '{node.Name}' (Constant) has an attribute '{other.Name}'"),
        };
        tensor.Name = node.Output[0];
        ToBytes(tensor);
        return tensor;

        static TensorProto List(ElementType type, int count, Action<TensorProto> fill)
        {
            var list = new TensorProto { DataType = (int)type, Dims = { count } };
            fill(list);
            return list;
        }
    }

    /// <summary>Numbers that a tensor has one by one, as the bytes that the check and ONNX Runtime take as well.</summary>
    private static void ToBytes(TensorProto tensor)
    {
        if (tensor.DataType == (int)ElementType.Float && tensor.FloatData.Count > 0)
        {
            var bytes = new byte[tensor.FloatData.Count * sizeof(float)];
            for (var i = 0; i < tensor.FloatData.Count; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), tensor.FloatData[i]);
            tensor.FloatData.Clear();
            tensor.RawData = ByteString.CopyFrom(bytes);
        }
        else if (tensor.DataType == (int)ElementType.Int64 && tensor.Int64Data.Count > 0)
        {
            var bytes = new byte[tensor.Int64Data.Count * sizeof(long)];
            for (var i = 0; i < tensor.Int64Data.Count; i++)
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), tensor.Int64Data[i]);
            tensor.Int64Data.Clear();
            tensor.RawData = ByteString.CopyFrom(bytes);
        }
    }

    private static string Text(IEnumerable<TensorShapeProto.Types.Dimension> dimensions) =>
        $"({string.Join(", ", dimensions.Select(dimension => dimension.DimValue > 0 ? $"{dimension.DimValue}" : "any"))})";
}

/// <summary>What a graph over patches takes and gives.</summary>
internal sealed record PatchGraph
{
    public static PatchGraph None { get; } = new();

    public string InputName { get; init; } = "";

    /// <summary>The shape of one patch; the first dimension is the patches.</summary>
    public long[] InputShape { get; init; } = [];

    public int PatchFrames { get; init; }

    public int BandCount { get; init; }

    /// <summary>Whether it takes no more than one patch at once.</summary>
    public bool TakesOne { get; init; }

    public string OutputName { get; init; } = "";

    /// <summary>The shape of one patch; the first dimension is the patches.</summary>
    public long[] OutputShape { get; init; } = [];

    public int EmbeddingSize { get; init; }
}
