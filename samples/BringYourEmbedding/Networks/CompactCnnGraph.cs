using SongMood.Scoring;

namespace BringYourEmbedding.Networks;

/// <summary>
/// The compact network of Choi et al. ("Transfer learning for music classification and regression tasks", 2017): five convolutions over
/// the whole of a clip; each layer's mean after its pooling is a part of the embedding.
/// Input (clips, 96 bands, 1360 frames); output "embedding" (160).
/// </summary>
internal static class CompactCnnGraph
{
    public const int BandCount = 96;
    public const int FrameCount = 1360;
    private const float Epsilon = 1e-3f;
    private static readonly long[][] Pools = [[2, 4], [3, 4], [2, 5], [2, 4], [4, 4]]; // bands, frames

    public static byte[] Build(NumpyArchive numbers)
    {
        var graph = new OnnxGraphBuilder("compact_cnn");
        var clips = graph.Input("clips", "batch", BandCount, FrameCount);
        var x = graph.Node("Unsqueeze", [clips, graph.Integers("channel_axis", 1)]); // (batch, 1, bands, frames)
        var means = new List<string>();
        for (var layer = 1; layer <= Pools.Length; layer++)
        {
            var convolved = graph.Node("Conv", [x, Weights($"conv{layer}.kernel"), Weights($"conv{layer}.bias")],
                ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }));
            var normalised = graph.Node("BatchNormalization", [convolved, Weights($"norm{layer}.gamma"), Weights($"norm{layer}.beta"),
                Weights($"norm{layer}.mean"), Weights($"norm{layer}.variance")], ("epsilon", Epsilon));
            x = graph.Node("MaxPool", [graph.Node("Elu", [normalised])], ("kernel_shape", Pools[layer - 1]), ("strides", Pools[layer - 1]));
            means.Add(graph.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }), ("keepdims", 0)));
        }
        graph.Output(graph.Rename(graph.Node("Concat", [.. means], ("axis", 1)), "embedding"), "batch", 160);
        return graph.Build();

        string Weights(string name) => graph.Weights(name, numbers.Values(name), [.. numbers.Shape(name).Select(size => (long)size)]);
    }
}
