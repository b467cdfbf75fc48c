using System.Runtime.InteropServices;
using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;

namespace SongMood.Scoring;

/// <summary>The constant float tensors of an ONNX graph by name, for a trainer that goes on from a saved model.</summary>
internal sealed class OnnxWeights
{
    private readonly Dictionary<string, (long[] Dimensions, float[] Values)> _tensors = [];

    public OnnxWeights(byte[] graph)
    {
        foreach (var tensor in ModelProto.Parser.ParseFrom(graph).Graph.Initializer)
            if (tensor.DataType == (int)TensorProto.Types.DataType.Float)
                _tensors.Add(tensor.Name, ([.. tensor.Dims], MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()));
    }

    public bool TryGet(string name, out long[] dimensions, out float[] values)
    {
        var found = _tensors.TryGetValue(name, out var tensor);
        (dimensions, values) = found ? tensor : ([], []);
        return found;
    }
}
