using System.Runtime.InteropServices;
using Google.Protobuf;
using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;
using ElementType = Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper.TensorProto.Types.DataType;

namespace SongMood.Scoring;

/// <summary>
/// Writes an ONNX graph node by node. Every method returns the name of the value that it adds, to be handed to the next one.
/// Operators are those of opset 17, IR version 8 (https://github.com/onnx/onnx/blob/main/docs/Operators.md).
/// </summary>
/// <example><code>
/// var graph = new OnnxGraphBuilder("halves");
/// var input = graph.Input("input", "batch", 128);
/// graph.Output(graph.Rename(graph.Node("Mul", [input, graph.Scalar("half", 0.5f)]), "embedding"), "batch", 128);
/// File.WriteAllBytes("halves.onnx", graph.Build());
/// </code></example>
public sealed partial class OnnxGraphBuilder
{
    /// <summary>The set of ONNX operators that nodes are of.</summary>
    public const int OperatorSet = 17;
    private const int IrVersion = 8;

    private readonly GraphProto _graph;
    private readonly HashSet<string> _names = [];

    /// <summary>An empty graph.</summary>
    public OnnxGraphBuilder(string graphName) => _graph = new GraphProto { Name = graphName };

    /// <summary>A float input. A dimension is a number, or a name where it is only known at run time.</summary>
    public string Input(string name, params object[] dimensions)
    {
        _graph.Input.Add(Describe(name, dimensions));
        return Claim(name);
    }

    /// <summary>Declares a value as an output, under the name that it already has.</summary>
    public void Output(string name, params object[] dimensions) => _graph.Output.Add(Describe(name, dimensions));

    /// <summary>A constant float tensor that keeps this exact name: a network's weights are read back by it.</summary>
    public string Weights(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX raw data is little-endian; this machine is big-endian.");
        return Constant(name, ElementType.Float, ByteString.CopyFrom(bytes), dimensions);
    }

    /// <summary>A constant float without axes.</summary>
    public string Scalar(string name, float value) => Weights(name, [value], []);

    /// <summary>A constant list of whole numbers (64 bits), as operators take axes and shapes.</summary>
    public string Integers(string name, params ReadOnlySpan<long> values) =>
        Constant(Unused(name), ElementType.Int64, ByteString.CopyFrom(MemoryMarshal.AsBytes(values)), [values.Length]);

    /// <summary>A node with one output.</summary>
    public string Node(string operatorType, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Nodes(operatorType, 1, inputs, attributes)[0];

    /// <summary>A node with several outputs. An empty input name leaves out an optional input, as the standard has it.</summary>
    public string[] Nodes(string operatorType, int outputCount, ReadOnlySpan<string> inputs,
        params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new NodeProto { OpType = operatorType, Name = Fresh(operatorType.ToLowerInvariant()) };
        foreach (var input in inputs)
            node.Input.Add(input);
        for (var i = 0; i < outputCount; i++)
            node.Output.Add(Fresh($"{node.Name}_out"));
        foreach (var (name, value) in attributes)
            node.Attribute.Add(Attribute(name, value));
        _graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>Gives a value a name of the caller's choice.</summary>
    public string Rename(string value, string name)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = Fresh("identity"), Input = { value }, Output = { Claim(name) } });
        return name;
    }

    /// <summary>The graph in ONNX's own format, to be written to a file or handed to ONNX Runtime.</summary>
    /// <param name="metadata">What the model says of itself.</param>
    public byte[] Build(params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "SongMood", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        foreach (var (key, value) in metadata)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model.ToByteArray();
    }

    private string Constant(string name, ElementType type, ByteString bytes, ReadOnlySpan<long> dimensions)
    {
        var tensor = new TensorProto { Name = Claim(name), DataType = (int)type, RawData = bytes };
        foreach (var dimension in dimensions)
            tensor.Dims.Add(dimension);
        _graph.Initializer.Add(tensor);
        return name;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int or long:
                attribute.Type = AttributeProto.Types.AttributeType.Int;
                attribute.I = Convert.ToInt64(value);
                break;
            case float single:
                attribute.Type = AttributeProto.Types.AttributeType.Float;
                attribute.F = single;
                break;
            case string text:
                attribute.Type = AttributeProto.Types.AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case long[] numbers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.Add(numbers);
                break;
            case string[] texts:
                attribute.Type = AttributeProto.Types.AttributeType.Strings;
                attribute.Strings.Add(texts.Select(ByteString.CopyFromUtf8));
                break;
            default:
                throw new ArgumentException($"An ONNX attribute of type {value.GetType()} is not written here.", nameof(value));
        }
        return attribute;
    }

    private static ValueInfoProto Describe(string name, object[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in dimensions)
            shape.Dim.Add(dimension is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(dimension) });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float, Shape = shape } },
        };
    }

    private string Claim(string name) =>
        _names.Add(name) ? name : throw new InvalidOperationException($"The ONNX graph already has a value named '{name}'.");

    private string Fresh(string stem) => Claim(Unused(stem));

    private string Unused(string stem)
    {
        var name = stem;
        for (var i = 1; _names.Contains(name); i++)
            name = $"{stem}_{i}";
        return name;
    }
}
