using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Convolutions over time with the bands as channels, a bidirectional GRU over what they found, and attention that chooses which
/// moments of the song count: a cheap convolutional recurrent network in the manner of Choi et al., "Convolutional recurrent neural
/// networks for music classification" (2017). The embedding is the mean of the states, weighted by attention.
/// </summary>
internal sealed class Crnn : Network
{
    private const int Kernel = 5;
    private const int Stride = 2;
    private const int Padding = Kernel / 2;

    private readonly ModuleList<Conv1d> _convolutions = [];
    private readonly ModuleList<BatchNorm1d> _norms = [];
    private readonly GRU _gru;
    private readonly Linear _attention;
    private readonly Linear _output;
    private readonly double _dropout;
    private readonly int _hiddenSize;

    public Crnn(InputShape input, int classCount, IReadOnlyList<int> channels, int hiddenSize, double dropout)
        : base(nameof(Crnn), input, classCount)
    {
        (_dropout, _hiddenSize) = (dropout, hiddenSize);
        var size = input.Size;
        foreach (var channel in channels)
        {
            _convolutions.Add(nn.Conv1d(size, channel, Kernel, Stride, Padding));
            _norms.Add(nn.BatchNorm1d(channel));
            size = channel;
        }
        _gru = nn.GRU(size, hiddenSize, batchFirst: true, bidirectional: true);
        _attention = nn.Linear(2 * hiddenSize, 1);
        _output = nn.Linear(2 * hiddenSize, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize => 2 * _hiddenSize;

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, bands, frames)
    {
        for (var i = 0; i < _convolutions.Count; i++)
        {
            x = _norms[i].call(_convolutions[i].call(x)).relu_(); // (rows, channels[i], frames / 2^(i + 1), rounded up)
            x = nn.functional.dropout(x, _dropout, training);
        }
        var (states, _) = _gru.call(x.transpose(1, 2)); // (rows, moments, 2 hidden)
        var shares = nn.functional.softmax(_attention.call(states), 1); // (rows, moments, 1)
        var embedding = (states * shares).sum(1); // (rows, 2 hidden)
        return (embedding, _output.call(nn.functional.dropout(embedding, _dropout, training))); // (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        for (var i = 0; i < _convolutions.Count; i++)
            x = onnx.Relu(onnx.BatchNorm(onnx.Conv1d(x, $"_convolutions.{i}", Kernel, Stride, Padding), $"_norms.{i}"));
        x = onnx.Graph.Node("Transpose", [x], ("perm", new long[] { 2, 0, 1 })); // (moments, rows, channels)
        var (states, _) = new OnnxRecurrence(onnx, "_gru", RecurrentCell.Gru, _hiddenSize, bidirectional: true).Run(x, layers: 1);
        var shares = onnx.Graph.Node("Softmax", [onnx.LinearOverLast(states, "_attention")], ("axis", 0)); // (moments, rows, 1)
        var weighted = onnx.Graph.Node("Mul", [states, shares]);
        var embedding = onnx.Graph.Node("ReduceSum", [weighted, onnx.Graph.Integers("axes", 0)], ("keepdims", 0));
        return (embedding, onnx.Linear(embedding, "_output"));
    }
}
