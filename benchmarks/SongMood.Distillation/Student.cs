using SongMood.Networks;
using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>
/// A small convolutional network over a patch of the log-mel spectrogram. Its output is the embedding; what the teachers say is read off it
/// by linear heads, so that what they know lies in it as plainly.
/// </summary>
internal sealed class Student : nn.Module<Tensor, Tensor>
{
    public const int EmbeddingSize = 256;
    public const string InputName = "patches", OutputName = "embedding";

    private const float Middle = -40, Spread = 20; // of the decibels, so that the input is about standard
    private static readonly (int Channels, int BandStride, int FrameStride)[] Layers =
        [(16, 2, 2), (32, 2, 2), (64, 2, 2), (128, 2, 2), (192, 2, 1)]; // 128 x 128 -> 4 bands x 8 frames
    private const int LastBands = 4, Hidden = 384;

    private readonly ModuleList<Conv2d> _convolutions = new();
    private readonly ModuleList<BatchNorm2d> _norms = new();
    private readonly Conv1d _bandsTogether; // all bands of a moment
    private readonly BatchNorm1d _bandsNorm;
    private readonly Linear _output;

    public Student() : base(nameof(Student))
    {
        var before = 1;
        foreach (var (channels, bandStride, frameStride) in Layers)
        {
            _convolutions.Add(nn.Conv2d(before, channels, (3, 3), stride: (bandStride, frameStride), padding: (1, 1), bias: false));
            _norms.Add(nn.BatchNorm2d(channels));
            before = channels;
        }
        _bandsTogether = nn.Conv1d(before * LastBands, Hidden, 1, bias: false);
        _bandsNorm = nn.BatchNorm1d(Hidden);
        _output = nn.Linear(2 * Hidden, EmbeddingSize);
        RegisterComponents();
    }

    /// <summary>(patches, bands, frames) in decibels -> (patches, embedding).</summary>
    public override Tensor forward(Tensor x)
    {
        x = ((x - Middle) / Spread).unsqueeze(1);
        for (var i = 0; i < Layers.Length; i++)
            x = _norms[i].call(_convolutions[i].call(x)).relu_();
        x = x.flatten(1, 2); // (patches, channels x bands, moments)
        x = _bandsNorm.call(_bandsTogether.call(x)).relu_();
        return _output.call(cat([x.mean([2L]), x.amax([2L])], 1));
    }

    /// <summary>The same in evaluation mode as an ONNX graph.</summary>
    public byte[] ToOnnx()
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraphBuilder(nameof(Student));
        var onnx = new OnnxLayers(graph, state_dict());
        var x = graph.Input(InputName, "batch", StudentInput.BandCount, StudentInput.FrameCount);
        x = graph.Node("Mul", [graph.Node("Sub", [x, graph.Scalar("middle", Middle)]), graph.Scalar("scale", 1 / Spread)]);
        x = graph.Node("Unsqueeze", [x, graph.Integers("channel_axis", 1)]);
        for (var i = 0; i < Layers.Length; i++)
        {
            var (_, bandStride, frameStride) = Layers[i];
            x = graph.Node("Conv", [x, onnx.Weights($"{nameof(_convolutions)}.{i}.weight")], ("kernel_shape", new long[] { 3, 3 }),
                ("strides", new long[] { bandStride, frameStride }), ("pads", new long[] { 1, 1, 1, 1 }));
            x = onnx.Relu(onnx.BatchNorm(x, $"{nameof(_norms)}.{i}"));
        }
        x = graph.Node("Reshape", [x, graph.Integers("rows", 0, Layers[^1].Channels * LastBands, -1)]);
        x = graph.Node("Conv", [x, onnx.Weights($"{nameof(_bandsTogether)}.weight")], ("kernel_shape", new long[] { 1 }));
        x = onnx.Relu(onnx.BatchNorm(x, nameof(_bandsNorm)));
        var mean = graph.Node("ReduceMean", [x], ("axes", new long[] { 2 }), ("keepdims", 0));
        var maximum = graph.Node("ReduceMax", [x], ("axes", new long[] { 2 }), ("keepdims", 0));
        x = onnx.Linear(graph.Node("Concat", [mean, maximum], ("axis", 1)), nameof(_output));
        graph.Output(graph.Rename(x, OutputName), "batch", EmbeddingSize);
        return graph.Build();
    }
}
