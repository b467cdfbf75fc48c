using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Google.Protobuf;
using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;
using ElementType = Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper.TensorProto.Types.DataType;

namespace SongMood.Scoring;

/// <summary>What a graph takes for one row.</summary>
/// <param name="Values">That all nodes together make.</param>
/// <param name="Multiplications">Of all nodes together, about.</param>
internal readonly record struct GraphCost(double Values, double Multiplications);

/// <summary>
/// Looks through a graph before ONNX Runtime gets it: a stranger's could loop for ever, read files, or multiply a few bytes to more memory
/// than there is, the moment it is loaded. What it may hold is what SongMood writes: these operators, floats, and whole numbers as
/// constants.
/// </summary>
internal partial class GraphCheck
{
    public const int MostNodes = 10_000;
    public const int MostBytesBesideWeights = 4 << 20;
    public const int FrameCount = 1232; // of the sequences that the bounds below are meant for: 30 s of the default spectrogram
    public const double MostValues = 1 << 28; // that all nodes together make of so many frames; in proportion of more
    public const double MostMultiplications = 2e11; // of all nodes together for so many frames, some seconds; in proportion for more
    public const double MostValuesAtOnce = 1 << 28; // that are still needed, of however many frames: 1 GiB

    /// <summary>For the graphs in SongMood's own model files.</summary>
    public static GraphCheck Own { get; } = new();

    /// <summary>What nodes may be.</summary>
    public IReadOnlyDictionary<string, OnnxOperator> Operators { get; init; } = OnnxOperators.Written;

    /// <summary>What one row is, for errors.</summary>
    private protected virtual string RowOf(int frames) => $"{frames} frames";

    /// <summary>What such a graph should have been, for errors.</summary>
    private protected virtual string Expected => "no graph that SongMood writes";

    /// <summary>Returns the graph as it was understood here, without any field that was not, so that this is what will run.</summary>
    /// <exception cref="InvalidDataException">It holds something else, or too much.</exception>
    public byte[] Check(byte[] graph) => Check(graph, out _);

    /// <inheritdoc cref="Check(byte[])" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="graph">The graph in ONNX's format.</param>
    /// <param name="cost">What one row takes.</param>
    public byte[] Check(byte[] graph, out GraphCost cost)
    {
        try
        {
            var besideWeights = OnnxWire.BytesBesideWeights(graph);
            Need(besideWeights <= MostBytesBesideWeights,
                $"it has {besideWeights} bytes beside its weights, at most {MostBytesBesideWeights} are taken");
            var model = Parse(graph);
            cost = Check(model, FrameCount);
            return model.ToByteArray();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
        {
            // no inner error: this one says more
            throw new InvalidDataException(
                $"The model's network ({graph.Length} bytes) is {Expected}: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Checks what a graph that passed takes for sequences of so many frames.</summary>
    /// <exception cref="InvalidDataException">It is too much.</exception>
    public void CheckFrames(byte[] graph, int frames) => Check(Parse(graph), frames);

    private static ModelProto Parse(byte[] graph) => ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(graph);

    private GraphCost Check(ModelProto model, int frames)
    {
        CheckOperatorSets(model);
        var graph = model.Graph ?? throw new InvalidDataException("there is no graph in it");
        Prepare(graph);
        Need(graph.Node.Count <= MostNodes, $"it has {graph.Node.Count} nodes, at most {MostNodes} are taken");
        Need(graph.SparseInitializer.Count == 0 && graph.QuantizationAnnotation.Count == 0, "it has sparse or quantised weights");
        Need(graph.ValueInfo.Count == 0, "it states shapes of inner values");

        var shapes = new Dictionary<string, long[]>();
        var constants = new Dictionary<string, long[]>();
        foreach (var input in graph.Input)
            Add(shapes, constants, input.Name, InputShape(input, frames));
        Need(shapes.Count > 0, "it has no input");
        foreach (var tensor in graph.Initializer)
        {
            var shape = ShapeOf(tensor);
            var isNumbers = tensor.DataType == (int)ElementType.Int64;
            Need(!isNumbers || shape.Length == 1, $"its whole numbers '{tensor.Name}' are no list");
            Add(shapes, constants, tensor.Name, shape, isNumbers ? Numbers(tensor.RawData.Span) : null);
        }
        var work = new GraphWork(graph, RowOf(frames), Math.Max(1, (double)frames / FrameCount));
        foreach (var node in graph.Node)
        {
            var result = Apply(node, new OnnxNode(node, shapes, constants));
            work.Add(node, result);
            for (var i = 0; i < node.Output.Count; i++)
                Add(shapes, constants, node.Output[i], result.Shapes[i]);
        }
        CheckOutputs(graph, shapes);
        return new GraphCost(work.Values, work.Multiplications);
    }

    private protected virtual void CheckOperatorSets(ModelProto model) =>
        Need(model.OpsetImport is [{ Domain: "", Version: OnnxGraphBuilder.OperatorSet }],
            $"its operator sets are {OperatorSetsOf(model)}, expected '' {OnnxGraphBuilder.OperatorSet}");

    private protected static string OperatorSetsOf(ModelProto model) =>
        string.Join(", ", model.OpsetImport.Select(set => FormattableString.Invariant($"'{set.Domain}' {set.Version}")));

    /// <summary>Brings what other programs write into the form that is looked through; what SongMood writes is in it.</summary>
    private protected virtual void Prepare(GraphProto graph)
    {
    }

    private OnnxResult Apply(NodeProto node, OnnxNode view)
    {
        if (node.Domain.Length > 0 || !Operators.TryGetValue(node.OpType, out var known))
            throw view.Fault($"is of an operator{(node.Domain.Length > 0 ? $" of '{node.Domain}'" : "")} that is not taken; those that "
                + $"are: {string.Join(", ", Operators.Keys)}");
        foreach (var attribute in node.Attribute)
            view.Need(known.Attributes.Contains(attribute.Name) && attribute.RefAttrName.Length == 0,
                $"has an attribute '{attribute.Name}'");
        view.Need(node.Attribute.DistinctBy(attribute => attribute.Name).Count() == node.Attribute.Count, "has an attribute twice");
        var result = known.Apply(view);
        view.Need(node.Output.Count >= 1 && node.Output.Count <= result.Shapes.Length, $"has {Plural.Of(node.Output.Count, "output")}");
        return result;
    }

    private static void Add(Dictionary<string, long[]> shapes, Dictionary<string, long[]> constants, string name, long[] shape,
        long[]? numbers = null)
    {
        Need(name.Length > 0 && !shapes.ContainsKey(name) && !constants.ContainsKey(name), $"a name is missing, or there twice: '{name}'");
        if (numbers is null)
            shapes.Add(name, shape);
        else
            constants.Add(name, numbers);
    }

    /// <summary>The shape of one row: (batch, features) or (batch, bands, frames).</summary>
    private protected virtual long[] InputShape(ValueInfoProto input, int frameCount)
    {
        Need(InputName().IsMatch(input.Name),
            $"it has an input '{input.Name}', expected '{OnnxNetwork.InputName}', or such as 'member0_{OnnxNetwork.InputName}'");
        var dimensions = FloatDimensions(input);
        Need(dimensions is [{ DimParam.Length: > 0 }, { DimValue: > 0 and <= int.MaxValue }]
            or [{ DimParam.Length: > 0 }, { DimValue: > 0 and <= int.MaxValue }, { DimParam.Length: > 0 }],
            $"its input '{input.Name}' has {Plural.Of(dimensions.Count, "dimension")} or others, expected (batch, features) or "
            + $"(batch, bands, frames) with 1 to {int.MaxValue} features or bands");
        return dimensions.Count == 2 ? [1, dimensions[1].DimValue] : [1, dimensions[1].DimValue, frameCount];
    }

    private protected virtual void CheckOutputs(GraphProto graph, Dictionary<string, long[]> shapes)
    {
        Need(graph.Output.Select(output => output.Name).SequenceEqual([OnnxNetwork.ProbabilitiesName, OnnxNetwork.EmbeddingName]),
            $"its outputs are {string.Join(", ", graph.Output.Select(output => $"'{output.Name}'"))}, "
            + $"expected '{OnnxNetwork.ProbabilitiesName}' and '{OnnxNetwork.EmbeddingName}'");
        foreach (var output in graph.Output)
        {
            var dimensions = FloatDimensions(output);
            Need(dimensions is [{ DimParam.Length: > 0 }, { DimValue: > 0 and <= int.MaxValue }],
                $"its output '{output.Name}' is not (batch, size)");
            Need(shapes.TryGetValue(output.Name, out var made) && made.AsSpan().SequenceEqual([1, dimensions[1].DimValue]),
                $"its output '{output.Name}' is said to have {dimensions[1].DimValue} values, but no node makes as many");
        }
    }

    private protected static IList<TensorShapeProto.Types.Dimension> FloatDimensions(ValueInfoProto value)
    {
        Need(value.Type?.TensorType?.ElemType == (int)ElementType.Float && value.Type.TensorType.Shape is not null,
            $"'{value.Name}' is no tensor of floats");
        return value.Type!.TensorType!.Shape!.Dim;
    }

    /// <summary>Checks that a constant has as many bytes as its shape says, all of them in the graph.</summary>
    private static long[] ShapeOf(TensorProto tensor)
    {
        Need(tensor.DataType is (int)ElementType.Float or (int)ElementType.Int64,
            FormattableString.Invariant($"its constant '{tensor.Name}' is of type {tensor.DataType}, expected floats or whole numbers"));
        Need(tensor.DataLocation == TensorProto.Types.DataLocation.Default && tensor.ExternalData.Count == 0,
            $"its constant '{tensor.Name}' lies in another file");
        var size = tensor.DataType == (int)ElementType.Float ? sizeof(float) : sizeof(long);
        Need(tensor.Dims.All(dimension => dimension > 0), $"its constant '{tensor.Name}' has the shape {OnnxNode.Text([.. tensor.Dims])}");
        var expected = tensor.Dims.Aggregate((double)size, (product, dimension) => product * dimension);
        Need(tensor.RawData.Length == expected,
            FormattableString.Invariant($"its constant '{tensor.Name}' has {tensor.RawData.Length} bytes, expected {expected} for ")
            + OnnxNode.Text([.. tensor.Dims]));
        Need(tensor.FloatData.Count + tensor.Int32Data.Count + tensor.Int64Data.Count + tensor.DoubleData.Count + tensor.Uint64Data.Count
            + tensor.StringData.Count == 0 && tensor.Segment is null, $"its constant '{tensor.Name}' has values beside its bytes");
        return [.. tensor.Dims];
    }

    private static long[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new long[bytes.Length / sizeof(long)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        return numbers;
    }

    private protected static void Need(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidDataException(fault);
    }

    [GeneratedRegex($"^(member[0-9]+_)*{OnnxNetwork.InputName}\\z")]
    private static partial Regex InputName();
}
