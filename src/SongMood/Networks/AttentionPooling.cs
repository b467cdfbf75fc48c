using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// A song's moments as one vector: their mean and standard deviation, each moment counting as much as a learned score says
/// (Okabe et al., "Attentive statistics pooling", 2018).
/// </summary>
internal sealed class AttentionPooling : nn.Module<Tensor, Tensor>
{
    private const float SmallestVariance = 1e-5f;

    private readonly Linear _score;

    public AttentionPooling(int size) : base(nameof(AttentionPooling))
    {
        _score = nn.Linear(size, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) // (rows, moments, size)
    {
        var shares = nn.functional.softmax(_score.call(x), 1); // (rows, moments, 1)
        var mean = (x * shares).sum(1, keepdim: true); // (rows, 1, size)
        var variance = ((x - mean).Squared() * shares).sum(1); // (rows, size)
        return cat([mean.squeeze(1), variance.AtLeast(SmallestVariance).sqrt()], 1); // (rows, 2 size)
    }

    public static string Export(OnnxLayers onnx, string name, string x)
    {
        var graph = onnx.Graph;
        var moments = graph.Integers("moments", 1);
        var shares = graph.Node("Softmax", [onnx.LinearOverLast(x, $"{name}._score")], ("axis", 1));
        var mean = graph.Node("ReduceSum", [graph.Node("Mul", [x, shares]), moments], ("keepdims", 1));
        var centred = graph.Node("Sub", [x, mean]);
        var squares = graph.Node("Mul", [centred, centred]);
        var variance = graph.Node("ReduceSum", [graph.Node("Mul", [squares, shares]), moments], ("keepdims", 0));
        var deviation = graph.Node("Sqrt", [graph.Node("Max", [variance, graph.Scalar($"{name}.smallest_variance", SmallestVariance)])]);
        return graph.Node("Concat", [graph.Node("Squeeze", [mean, moments]), deviation], ("axis", 1));
    }
}
