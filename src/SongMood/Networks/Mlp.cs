using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// The paper's multilayer perceptron over a feature vector: 11 -> 512 -> 128 -> 64 -> 4, each hidden layer with batch
/// normalisation, ReLU and dropout. The embedding is the last hidden layer, or, where there is none, the scaled input.
/// </summary>
internal sealed class Mlp : Network
{
    private readonly ModuleList<Linear> _linears = [];
    private readonly ModuleList<BatchNorm1d> _norms = [];
    private readonly Linear _output;
    private readonly double _dropout;

    public Mlp(InputShape input, int classCount, IReadOnlyList<int> hiddenSizes, double dropout) : base(nameof(Mlp), input, classCount)
    {
        _dropout = dropout;
        EmbeddingSize = hiddenSizes is [.., var last] ? last : input.Size;
        var size = input.Size;
        foreach (var hidden in hiddenSizes)
        {
            _linears.Add(nn.Linear(size, hidden));
            _norms.Add(nn.BatchNorm1d(hidden));
            size = hidden;
        }
        _output = nn.Linear(size, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize { get; }

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, features)
    {
        for (var i = 0; i < _linears.Count; i++)
        {
            x = _norms[i].call(_linears[i].call(x)).relu_(); // (rows, hidden[i])
            x = nn.functional.dropout(x, _dropout, training);
        }
        return (x, _output.call(x)); // (rows, hidden[^1]), (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        for (var i = 0; i < _linears.Count; i++)
            x = onnx.Relu(onnx.BatchNorm(onnx.Linear(x, $"_linears.{i}"), $"_norms.{i}"));
        return (x, onnx.Linear(x, "_output"));
    }
}
