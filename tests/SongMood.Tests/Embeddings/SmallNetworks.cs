using SongMood.Scoring;

namespace SongMood.Tests.Embeddings;

/// <summary>Networks over patches that are made up here.</summary>
internal static class SmallNetworks
{
    /// <summary>(patches, frames, bands) through a dense layer: of operators that SongMood writes.</summary>
    public static byte[] Dense(int frameCount, int bandCount, object? batch = null)
    {
        var graph = new OnnxGraphBuilder("dense");
        var patches = graph.Input("patches", batch ?? "batch", frameCount, bandCount);
        var flat = graph.Node("Flatten", [patches]);
        var weights = graph.Weights("weights", Numbers(5 * frameCount * bandCount), frameCount * bandCount, 5);
        var embedding = graph.Node("Gemm", [flat, weights, graph.Weights("bias", Numbers(5), 5)]);
        graph.Output(graph.Rename(graph.Node("Relu", [embedding]), "embedding"), batch ?? "batch", 5);
        return graph.Build();
    }

    /// <summary>(patches, bands, any frames) through a convolution, the mean over what it makes: with a second output, its tags.</summary>
    public static byte[] Convolution(int bandCount)
    {
        var graph = new OnnxGraphBuilder("convolution");
        var patches = graph.Input("patches", "batch", bandCount, "frames");
        var image = graph.Node("Unsqueeze", [patches, graph.Integers("channel", 1)]);
        var made = graph.Node("Elu", [graph.Node("Conv", [image, graph.Weights("kernel", Numbers(4 * 9), 4, 1, 3, 3)],
            ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))]);
        var embedding = graph.Rename(
            graph.Node("ReduceMean", [made], ("axes", new long[] { 2, 3 }), ("keepdims", 0)), "embedding");
        graph.Output(embedding, "batch", 4);
        graph.Output(graph.Rename(graph.Node("Sigmoid", [embedding]), "tags"), "batch", 4);
        return graph.Build();
    }

    /// <summary>Each band's mean over a patch's frames, whose order of axes is the caller's.</summary>
    public static byte[] MeanOverFrames(bool framesFirst, object frames, object bands, string output = "means")
    {
        var graph = new OnnxGraphBuilder("means");
        object[] dimensions = framesFirst ? ["batch", frames, bands] : ["batch", bands, frames];
        var patches = graph.Input("patches", dimensions);
        var means = graph.Node("ReduceMean", [patches], ("axes", new long[] { framesFirst ? 1 : 2 }), ("keepdims", 0));
        graph.Output(graph.Rename(means, output), "batch", "bands");
        return graph.Build();
    }

    // From -0.5 to 0.5, the same each time.
    private static float[] Numbers(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
