using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// The paper's second multilayer perceptron: hidden linear layers (two in the paper), each with Hardtanh and dropout, then the output
/// layer. The embedding is the last hidden layer.
/// </summary>
/// <remarks>Hardtanh is written as the clamp that it is: TorchSharp 0.107's own hardtanh gives its input back unchanged.</remarks>
internal sealed class HardtanhMlp : Network
{
    private readonly ModuleList<Linear> _linears = [];
    private readonly Linear _output;
    private readonly double _dropout;

    public HardtanhMlp(InputShape input, int classCount, IReadOnlyList<int> hiddenSizes, double dropout)
        : base(nameof(HardtanhMlp), input, classCount)
    {
        _dropout = dropout;
        EmbeddingSize = hiddenSizes[^1];
        var size = input.Size;
        foreach (var hidden in hiddenSizes)
        {
            _linears.Add(nn.Linear(size, hidden));
            size = hidden;
        }
        _output = nn.Linear(size, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize { get; }

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, features)
    {
        foreach (var linear in _linears)
            x = nn.functional.dropout(linear.call(x).Within(-1, 1), _dropout, training); // (rows, hidden[i])
        return (x, _output.call(x)); // (rows, hidden[^1]), (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        var (low, high) = (onnx.Graph.Scalar("hardtanh.low", -1), onnx.Graph.Scalar("hardtanh.high", 1));
        for (var i = 0; i < _linears.Count; i++)
            x = onnx.Graph.Node("Clip", [onnx.Linear(x, $"_linears.{i}"), low, high]);
        return (x, onnx.Linear(x, "_output"));
    }
}
