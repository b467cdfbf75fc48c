using SongMood.Scoring;

namespace BringYourEmbedding.Networks;

/// <summary>
/// musicnn (Pons and Serra, "musicnn: Pre-trained convolutional neural networks for music audio tagging", 2019): convolutions over tall
/// and over long pieces of the spectrogram, a middle of three dense layers in time, then pooling over the patch.
/// Input (patches, 187 frames, 96 bands); outputs "embedding" (200) and "logits" (50 tags).
/// </summary>
internal static class MusicnnGraph
{
    public const int FrameCount = 187;
    public const int BandCount = 96;
    private const float Epsilon = 1e-3f;

    public static byte[] Build(NumpyArchive numbers)
    {
        var graph = new OnnxGraphBuilder("musicnn");
        var patches = graph.Input("patches", "batch", FrameCount, BandCount);
        var image = graph.Node("Unsqueeze", [patches, graph.Integers("channel_axis", 1)]); // (batch, 1, frames, bands)
        var normalised = Norm(graph, numbers, image, "batch_normalization");

        string[] timbral = [Front(7, 38, "conv2d", "batch_normalization_1"), Front(7, 67, "conv2d_1", "batch_normalization_2")];
        string[] temporal = [Front(128, 1, "conv2d_2", "batch_normalization_3"), Front(64, 1, "conv2d_3", "batch_normalization_4"),
            Front(32, 1, "conv2d_4", "batch_normalization_5")];
        var front = graph.Node("Concat", [.. timbral, .. temporal], ("axis", 1)); // (batch, 561, frames, 1)

        var first = Middle(front, 1);
        var second = graph.Node("Add", [Middle(first, 2), first]);
        var third = graph.Node("Add", [Middle(second, 3), second]);
        var all = graph.Node("Concat", [front, first, second, third], ("axis", 1)); // (batch, 753, frames, 1)

        var maximum = graph.Node("ReduceMax", [all], ("axes", new long[] { 2 }), ("keepdims", 0)); // (batch, 753, 1)
        var mean = graph.Node("ReduceMean", [all], ("axes", new long[] { 2 }), ("keepdims", 0));
        var interleaved = graph.Node("Concat", [maximum, mean], ("axis", 2)); // max0, mean0, max1, mean1, ...
        var pooled = Norm(graph, numbers, graph.Node("Flatten", [interleaved], ("axis", 1)), "bn_flatpool");
        var embedding = graph.Rename(Norm(graph, numbers, graph.Node("Relu", [Dense(pooled, "dense")]), "bn_dense"), "embedding");
        graph.Output(embedding, "batch", 200);
        graph.Output(graph.Rename(Dense(embedding, "dense_1"), "logits"), "batch", 50);
        return graph.Build();

        // A convolution, its norm, and its maximum over what frequency is left; zeros beyond the ends in time keep the frames.
        string Front(int frames, int bands, string layer, string norm)
        {
            var before = (frames - 1) / 2;
            var result = Convolution(normalised, layer, frames, bands, before, frames - 1 - before);
            return graph.Node("ReduceMax", [Norm(graph, numbers, result, norm)], ("axes", new long[] { 3 }), ("keepdims", 1));
        }

        // Its kernel goes over all channels, which lie in the place of the bands.
        string Middle(string x, int number)
        {
            var channels = numbers.Shape($"midend_conv{number}/kernel")[1];
            var asImage = graph.Node("Transpose", [x], ("perm", new long[] { 0, 3, 2, 1 })); // (batch, 1, frames, channels)
            var result = Convolution(asImage, $"midend_conv{number}", 7, channels, 3, 3);
            return Norm(graph, numbers, result, $"bn_midend_conv{number}");
        }

        string Convolution(string x, string layer, int height, int width, int before, int after) => graph.Node("Relu",
            [graph.Node("Conv", [x, Kernel(layer), Weights($"{layer}/bias")], ("kernel_shape", new long[] { height, width }),
                ("pads", new long[] { before, 0, after, 0 }))]);

        // (time, frequency, in, out) there; (out, in, time, frequency) in ONNX.
        string Kernel(string layer)
        {
            var (values, shape) = numbers.Array($"{layer}/kernel");
            var (taps, outputs) = (shape[0] * shape[1] * shape[2], shape[3]);
            var turned = new float[values.Length];
            for (var tap = 0; tap < taps; tap++)
                for (var output = 0; output < outputs; output++)
                    turned[output * taps + tap] = values[tap * outputs + output];
            return graph.Weights($"{layer}/kernel", turned, outputs, shape[2], shape[0], shape[1]);
        }

        string Weights(string name) => graph.Weights(name, numbers.Values(name), [.. numbers.Shape(name).Select(size => (long)size)]);

        string Dense(string x, string layer) => graph.Node("Gemm", [x, Weights($"{layer}/kernel"), Weights($"{layer}/bias")]);
    }

    private static string Norm(OnnxGraphBuilder graph, NumpyArchive numbers, string x, string layer)
    {
        string Weights(string part) => graph.Weights($"{layer}/{part}", numbers.Values($"{layer}/{part}"),
            numbers.Shape($"{layer}/{part}")[0]);
        return graph.Node("BatchNormalization",
            [x, Weights("gamma"), Weights("beta"), Weights("moving_mean"), Weights("moving_variance")], ("epsilon", Epsilon));
    }
}
