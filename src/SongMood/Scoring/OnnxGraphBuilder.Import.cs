using static Microsoft.ML.Model.OnnxConverter.OnnxCSharpToProtoWrapper;

namespace SongMood.Scoring;

/// <summary>Puts whole graphs into the one that is written.</summary>
/// <example><code>
/// var graph = new OnnxGraphBuilder("halves");
/// var input = graph.Input("input", "batch", 128);
/// graph.Output(graph.Rename(graph.Node("Mul", [input, graph.Scalar("half", 0.5f)]), "embedding"), "batch", 128);
/// File.WriteAllBytes("halves.onnx", graph.Build());
/// </code></example>
public sealed partial class OnnxGraphBuilder
{
    private const string BatchDimension = "batch";

    /// <summary>
    /// Adds a graph that SongMood wrote, all of its names behind a prefix, and returns the names that its outputs have then. Its inputs
    /// become inputs of this graph, or, where <paramref name="input"/> is given, its one input is that value.
    /// </summary>
    /// <exception cref="InvalidDataException">It is of another operator set, so that its nodes could mean something else here.</exception>
    internal (string Probabilities, string Embedding) Import(byte[] graph, string prefix, string? input = null)
    {
        var model = ModelProto.Parser.ParseFrom(graph);
        if (model.OpsetImport is not [{ Domain: "", Version: OperatorSet }])
            throw new InvalidDataException($"The graph of {prefix.TrimEnd('_')} is of the operator sets "
                + $"{string.Join(", ", model.OpsetImport.Select(set => $"{set.Domain} {set.Version}"))}; only {OperatorSet} of ONNX itself "
                + "can be merged. Train it anew with this version.");
        foreach (var given in model.Graph.Input)
        {
            if (input is not null)
                continue;
            given.Name = Claim(prefix + given.Name);
            // Every input has as many rows, but its own number of frames.
            foreach (var dimension in given.Type.TensorType.Shape.Dim)
                if (dimension.DimParam is { Length: > 0 } symbol and not BatchDimension)
                    dimension.DimParam = prefix + symbol;
            _graph.Input.Add(given);
        }
        foreach (var tensor in model.Graph.Initializer)
        {
            tensor.Name = Claim(prefix + tensor.Name);
            _graph.Initializer.Add(tensor);
        }
        foreach (var node in model.Graph.Node)
        {
            node.Name = prefix + node.Name;
            for (var i = 0; i < node.Input.Count; i++)
                if (node.Input[i].Length > 0) // an empty name leaves out an optional input
                    node.Input[i] = node.Input[i] == OnnxNetwork.InputName && input is not null ? input : prefix + node.Input[i];
            for (var i = 0; i < node.Output.Count; i++)
                if (node.Output[i].Length > 0)
                    node.Output[i] = Claim(prefix + node.Output[i]);
            _graph.Node.Add(node);
        }
        return (prefix + OnnxNetwork.ProbabilitiesName, prefix + OnnxNetwork.EmbeddingName);
    }
}
