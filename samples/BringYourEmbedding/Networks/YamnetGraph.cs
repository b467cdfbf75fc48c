using SongMood.Scoring;

namespace BringYourEmbedding.Networks;

/// <summary>
/// YAMNet (github.com/tensorflow/models, research/audioset/yamnet): a MobileNet over log-mel patches. The norms are inside the weights.
/// Input (patches, 96 frames, 64 bands); outputs "embedding" (1,024) and "probabilities" (521 classes of AudioSet).
/// </summary>
internal static class YamnetGraph
{
    public const int FrameCount = 96;
    public const int BandCount = 64;

    public static byte[] Build(NumpyArchive numbers)
    {
        var graph = new OnnxGraphBuilder("yamnet");
        var patches = graph.Input("patches", "batch", FrameCount, BandCount);
        var x = graph.Node("Unsqueeze", [patches, graph.Integers("channel_axis", 1)]); // (batch, 1, frames, bands)
        for (var layer = 0; ; layer++)
        {
            var name = $"layer{layer:00}.{(numbers.Has($"layer{layer:00}.conv.kernel") ? "conv" : "depthwise")}";
            if (!numbers.Has($"{name}.kernel"))
                break;
            var (kernel, shape) = numbers.Array($"{name}.kernel");
            var stride = (long)numbers.Values($"layer{layer:00}.stride")[0];
            x = graph.Node("Relu", [graph.Node("Conv",
                [x, graph.Weights($"{name}.kernel", kernel, shape[0], shape[1], shape[2], shape[3]),
                    graph.Weights($"{name}.bias", numbers.Values($"{name}.bias"), shape[0])],
                ("kernel_shape", new long[] { shape[2], shape[3] }), ("strides", new long[] { stride, stride }),
                ("group", name.EndsWith("depthwise", StringComparison.Ordinal) ? shape[0] : 1),
                ("auto_pad", "SAME_UPPER"))]); // TensorFlow's "same": the odd zero at the end
        }
        var embedding = graph.Rename(graph.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }), ("keepdims", 0)), "embedding");
        graph.Output(embedding, "batch", 1024);
        var (classes, classShape) = numbers.Array("classes.kernel");
        var logits = graph.Node("Gemm", [embedding, graph.Weights("classes.kernel", classes, classShape[0], classShape[1]),
            graph.Weights("classes.bias", numbers.Values("classes.bias"), classShape[0])], ("transB", 1));
        graph.Output(graph.Rename(graph.Node("Sigmoid", [logits]), "probabilities"), "batch", classShape[0]);
        return graph.Build();
    }
}
