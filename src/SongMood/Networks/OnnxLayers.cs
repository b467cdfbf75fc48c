using SongMood.Scoring;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>TorchSharp's layers as ONNX nodes. Names are those of the layers in the network's state dictionary.</summary>
internal sealed class OnnxLayers(OnnxGraphBuilder graph, IDictionary<string, Tensor> state)
{
    private const float Epsilon = 1e-5f; // torch's default in both normalisations

    public OnnxGraphBuilder Graph => graph;

    /// <summary>The weights of this name, as they are.</summary>
    public string Weights(string name)
    {
        using var tensor = state[name].detach().cpu().contiguous();
        return graph.Weights(name, tensor.data<float>().ToArray(), tensor.shape);
    }

    public string Linear(string x, string layer) =>
        graph.Node("Gemm", [x, Weights($"{layer}.weight"), Weights($"{layer}.bias")], ("transB", 1));

    /// <summary>A linear layer over the last of three or more axes, which Gemm does not take.</summary>
    public string LinearOverLast(string x, string layer)
    {
        var transposed = graph.Node("Transpose", [Weights($"{layer}.weight")], ("perm", new long[] { 1, 0 }));
        return graph.Node("Add", [graph.Node("MatMul", [x, transposed]), Weights($"{layer}.bias")]);
    }

    public string BatchNorm(string x, string layer) => graph.Node("BatchNormalization",
        [x, Weights($"{layer}.weight"), Weights($"{layer}.bias"), Weights($"{layer}.running_mean"), Weights($"{layer}.running_var")],
        ("epsilon", Epsilon));

    /// <summary>Over the last axis.</summary>
    public string LayerNorm(string x, string layer) =>
        graph.Node("LayerNormalization", [x, Weights($"{layer}.weight"), Weights($"{layer}.bias")], ("axis", -1), ("epsilon", Epsilon));

    public string Relu(string x) => graph.Node("Relu", [x]);

    /// <summary>A convolution over one axis (rows, channels, frames), with as much padding on either side.</summary>
    public string Conv1d(string x, string layer, int kernel, int stride, int padding) =>
        graph.Node("Conv", [x, Weights($"{layer}.weight"), Weights($"{layer}.bias")],
            ("kernel_shape", new long[] { kernel }), ("strides", new long[] { stride }), ("pads", new long[] { padding, padding }));
}
