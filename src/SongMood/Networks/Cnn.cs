using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// The paper's convolutional network over a feature vector, taken as one channel: convolutions 1 -> 40 -> 80 -> 160 -> 160 (kernel 3,
/// padding 1), each with batch normalisation, ReLU and dropout, and max-pooling (kernel 3, stride 2) after every second one. With 11
/// features the flattened 160 x 2 that is left goes to the classes; it is the embedding.
/// </summary>
internal sealed class Cnn : Network
{
    private const int Kernel = 3;
    private const int Padding = 1;
    private const int PoolKernel = 3;
    private const int PoolStride = 2;

    private readonly ModuleList<Conv1d> _convolutions = [];
    private readonly ModuleList<BatchNorm1d> _norms = [];
    private readonly Linear _output;
    private readonly double _dropout;

    public Cnn(InputShape input, int classCount, IReadOnlyList<int> channels, double dropout) : base(nameof(Cnn), input, classCount)
    {
        _dropout = dropout;
        var (size, width) = (1, input.Size);
        for (var i = 0; i < channels.Count; i++)
        {
            _convolutions.Add(nn.Conv1d(size, channels[i], Kernel, padding: Padding));
            _norms.Add(nn.BatchNorm1d(channels[i]));
            size = channels[i];
            if (PoolsAfter(i))
                width = width < PoolKernel ? 0 : (width - PoolKernel) / PoolStride + 1;
        }
        if (width < 1)
            throw new ArgumentException(
                $"{Plural.Of(input.Size, "feature")} {Plural.Word(input.Size, "is", "are")} too few for a Cnn with {channels.Count} "
                + "convolutions: "
                + "each second one pools three neighbours, moving by two, and nothing is left. Take fewer Channels, or Mlp.");
        EmbeddingSize = size * width;
        _output = nn.Linear(EmbeddingSize, classCount);
        RegisterComponents();
    }

    public override int EmbeddingSize { get; }

    protected override (Tensor Embedding, Tensor Logits) Forward(Tensor x) // (rows, features)
    {
        x = x.unsqueeze(1); // (rows, 1, features)
        for (var i = 0; i < _convolutions.Count; i++)
        {
            x = _norms[i].call(_convolutions[i].call(x)).relu_(); // (rows, channels[i], width)
            x = nn.functional.dropout(x, _dropout, training);
            if (PoolsAfter(i))
                x = nn.functional.max_pool1d(x, PoolKernel, PoolStride); // (rows, channels[i], (width - 3) / 2 + 1)
        }
        x = x.flatten(1); // (rows, channels[^1] * width)
        return (x, _output.call(x));
    }

    protected override (string Embedding, string Logits) Export(OnnxLayers onnx, string x)
    {
        x = onnx.Graph.Node("Unsqueeze", [x, onnx.Graph.Integers("axes", 1)]);
        for (var i = 0; i < _convolutions.Count; i++)
        {
            x = onnx.Relu(onnx.BatchNorm(onnx.Conv1d(x, $"_convolutions.{i}", Kernel, stride: 1, Padding), $"_norms.{i}"));
            if (PoolsAfter(i))
                x = onnx.Graph.Node("MaxPool", [x], ("kernel_shape", new long[] { PoolKernel }), ("strides", new long[] { PoolStride }));
        }
        x = onnx.Graph.Node("Flatten", [x], ("axis", 1));
        return (x, onnx.Linear(x, "_output"));
    }

    private static bool PoolsAfter(int convolution) => convolution % 2 == 1;
}
