using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Self-attention with several heads, then two linear layers; each is added to what came in, which is normalised before it.
/// </summary>
internal sealed class AttentionBlock : nn.Module<Tensor, Tensor>
{
    private const int Widening = 2; // the inner of the two linear layers, relative to the block's size

    private readonly LayerNorm _attentionNorm;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _merge;
    private readonly LayerNorm _linearNorm;
    private readonly Linear _widen;
    private readonly Linear _narrow;
    private readonly int _heads;
    private readonly int _headSize;
    private readonly double _dropout;

    public AttentionBlock(int size, int heads, double dropout) : base(nameof(AttentionBlock))
    {
        if (size % heads != 0)
            throw new ArgumentException(
                $"{size} channels cannot be shared among {heads} attention heads: the last of Channels must be a multiple of Heads.");
        (_heads, _headSize, _dropout) = (heads, size / heads, dropout);
        _attentionNorm = nn.LayerNorm(size);
        _query = nn.Linear(size, size);
        _key = nn.Linear(size, size);
        _value = nn.Linear(size, size);
        _merge = nn.Linear(size, size);
        _linearNorm = nn.LayerNorm(size);
        _widen = nn.Linear(size, Widening * size);
        _narrow = nn.Linear(Widening * size, size);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) // (rows, moments, size)
    {
        var y = _attentionNorm.call(x);
        var (query, key, value) = (Split(_query.call(y)), Split(_key.call(y)), Split(_value.call(y))); // (rows, heads, moments, head size)
        var scores = matmul(query, key.transpose(2, 3)).Over(Math.Sqrt(_headSize)); // (rows, heads, moments, moments)
        y = matmul(nn.functional.softmax(scores, 3), value); // (rows, heads, moments, head size)
        y = _merge.call(y.transpose(1, 2).flatten(2)); // (rows, moments, size)
        x = x.Plus(nn.functional.dropout(y, _dropout, training));
        y = _narrow.call(_widen.call(_linearNorm.call(x)).relu_()); // (rows, moments, size), through twice that
        return x.Plus(nn.functional.dropout(y, _dropout, training));
    }

    public string Export(OnnxLayers onnx, string name, string x)
    {
        var graph = onnx.Graph;
        var y = onnx.LayerNorm(x, $"{name}.{nameof(_attentionNorm)}");
        string Heads(string layer, params long[] order)
        {
            var projected = onnx.LinearOverLast(y, $"{name}.{layer}");
            var split = graph.Node("Reshape", [projected, graph.Integers("heads", 0, 0, _heads, _headSize)]);
            return graph.Node("Transpose", [split], ("perm", order));
        }
        var scores = graph.Node("MatMul", [Heads(nameof(_query), 0, 2, 1, 3), Heads(nameof(_key), 0, 2, 3, 1)]);
        scores = graph.Node("Div", [scores, graph.Scalar($"{name}.scale", MathF.Sqrt(_headSize))]);
        var seen = graph.Node("MatMul", [graph.Node("Softmax", [scores], ("axis", 3)), Heads(nameof(_value), 0, 2, 1, 3)]);
        var inTime = graph.Node("Transpose", [seen], ("perm", new long[] { 0, 2, 1, 3 }));
        var merged = graph.Node("Reshape", [inTime, graph.Integers("merged", 0, 0, -1)]);
        x = graph.Node("Add", [x, onnx.LinearOverLast(merged, $"{name}.{nameof(_merge)}")]);
        y = onnx.LayerNorm(x, $"{name}.{nameof(_linearNorm)}");
        y = onnx.LinearOverLast(onnx.Relu(onnx.LinearOverLast(y, $"{name}.{nameof(_widen)}")), $"{name}.{nameof(_narrow)}");
        return graph.Node("Add", [x, y]);
    }

    private Tensor Split(Tensor x) => x.view(x.size(0), x.size(1), _heads, _headSize).transpose(1, 2); // (rows, heads, moments, head size)
}
