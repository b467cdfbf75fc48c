using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Convolutions over time, then blocks of self-attention in which every moment of the song sees every other, and attention pooling.
/// The blocks are the encoder's of Vaswani et al., "Attention is all you need" (2017), normalised first as in Xiong et al. (2020),
/// without positions: the convolutions know the neighbours, and a song's mood does not depend on which part comes first.
/// </summary>
internal sealed class Attention : Network
{
    private readonly StridedConvolutions _frontEnd;
    private readonly ModuleList<AttentionBlock> _blocks = [];
    private readonly AttentionPooling _pooling;
    private readonly BatchNorm1d _norm;
    private readonly Linear _hidden;
    private readonly Linear _output;
    private readonly double _dropout;

    public Attention(
        InputShape input, int classCount, IReadOnlyList<int> channels, int blocks, int heads, int embeddingSize, double dropout)
        : base(nameof(Attention), input, classCount)
    {
        (_dropout, EmbeddingSize) = (dropout, embeddingSize);
        var size = channels[^1];
        _frontEnd = new StridedConvolutions(input.Size, channels, dropout / 2);
        for (var i = 0; i < blocks; i++)
            _blocks.Add(new AttentionBlock(size, heads, dropout));
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
        foreach (var block in _blocks)
            x = block.call(x); // (rows, moments, channels)
        x = _norm.call(_pooling.call(x)); // (rows, 2 channels)
        x = _hidden.call(nn.functional.dropout(x, _dropout, training)).relu_(); // (rows, embedding)
        return (x, _output.call(nn.functional.dropout(x, _dropout, training))); // (rows, classes)
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        x = onnx.Graph.Node("Transpose", [_frontEnd.Export(onnx, nameof(_frontEnd), x)], ("perm", new long[] { 0, 2, 1 }));
        for (var i = 0; i < _blocks.Count; i++)
            x = _blocks[i].Export(onnx, $"{nameof(_blocks)}.{i}", x);
        x = onnx.BatchNorm(AttentionPooling.Export(onnx, nameof(_pooling), x), nameof(_norm));
        x = onnx.Relu(onnx.Linear(x, nameof(_hidden)));
        return (x, onnx.Linear(x, nameof(_output)));
    }
}
