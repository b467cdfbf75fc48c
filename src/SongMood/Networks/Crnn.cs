using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Convolutions over time, a bidirectional GRU over what they found, and attention that chooses which moments of the song count: a
/// cheap convolutional recurrent network in the manner of Choi et al., "Convolutional recurrent neural networks for music
/// classification" (2017). The embedding is a hidden layer over the pooled moments.
/// </summary>
internal sealed class Crnn : Network
{
    private readonly StridedConvolutions _frontEnd;
    private readonly GRU _gru;
    private readonly AttentionPooling _pooling;
    private readonly BatchNorm1d _norm;
    private readonly Linear _hidden;
    private readonly Linear _output;
    private readonly double _dropout;
    private readonly int _states;

    public Crnn(InputShape input, int classCount, IReadOnlyList<int> channels, int states, int embeddingSize, double dropout)
        : base(nameof(Crnn), input, classCount)
    {
        (_dropout, _states, EmbeddingSize) = (dropout, states, embeddingSize);
        var size = channels[^1] + 2 * states;
        _frontEnd = new StridedConvolutions(input.Size, channels, dropout / 2);
        _gru = nn.GRU(channels[^1], states, batchFirst: true, bidirectional: true);
        _pooling = new AttentionPooling(size);
        _norm = nn.BatchNorm1d(2 * size);
        _hidden = nn.Linear(2 * size, embeddingSize);
        _output = nn.Linear(embeddingSize, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize { get; }

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, bands, frames)
    {
        x = _frontEnd.call(x).transpose(1, 2); // (rows, moments, channels)
        var (states, _) = _gru.call(x); // (rows, moments, 2 states)
        x = _norm.call(_pooling.call(cat([x, states], 2))); // (rows, 2 (channels + 2 states)): what there was, and what it led to
        x = _hidden.call(nn.functional.dropout(x, _dropout, training)).relu_(); // (rows, embedding)
        return (x, _output.call(nn.functional.dropout(x, _dropout, training))); // (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        var graph = onnx.Graph;
        x = _frontEnd.Export(onnx, nameof(_frontEnd), x); // (rows, channels, moments)
        var inTime = graph.Node("Transpose", [x], ("perm", new long[] { 2, 0, 1 })); // (moments, rows, channels)
        var (states, _) = new OnnxRecurrence(onnx, nameof(_gru), RecurrentCell.Gru, _states, bidirectional: true).Run(inTime, layers: 1);
        var both = graph.Node("Transpose", [graph.Node("Concat", [inTime, states], ("axis", 2))], ("perm", new long[] { 1, 0, 2 }));
        x = onnx.BatchNorm(AttentionPooling.Export(onnx, nameof(_pooling), both), nameof(_norm));
        x = onnx.Relu(onnx.Linear(x, nameof(_hidden)));
        return (x, onnx.Linear(x, nameof(_output)));
    }
}
