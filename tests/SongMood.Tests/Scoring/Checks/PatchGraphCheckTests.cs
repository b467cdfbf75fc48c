using SongMood.Embeddings;
using SongMood.Scoring;

namespace SongMood.Tests.Scoring.Checks;

/// <summary>What a user's network may be.</summary>
public class PatchGraphCheckTests
{
    [Fact]
    public void The_wider_list_is_opted_into()
    {
        var graph = Graph((g, x) => g.Node("Sigmoid", [g.Node("Flatten", [x])]));
        AssertRefused(new() { ModelBytes = graph }, "(Sigmoid) is of an operator that is not taken");
        using var network = new PatchNetwork(new() { ModelBytes = graph, Operators = GraphOperators.Tagging });
        Assert.Equal((3, 2, 6, "made"),
            (network.Patch.PatchFrames, network.Patch.BandCount, network.Patch.EmbeddingSize, network.Patch.OutputName));
    }

    [Theory]
    [InlineData("Loop")]
    [InlineData("If")]
    [InlineData("Scan")]
    [InlineData("RandomNormalLike")]
    [InlineData("ConstantOfShape")]
    [InlineData("Expand")]
    [InlineData("Tile")]
    [InlineData("NonZero")]
    public void What_could_loop_or_grow_is_on_no_list(string name) =>
        AssertRefused(Tagging(Graph((g, x) => g.Node(name, [x]))), $"({name}) is of an operator that is not taken");

    [Fact]
    public void Inputs_are_one_of_patches()
    {
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]), "batch", 6)), "'patches' has 2 dimensions, expected three");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]), "batch", 3, 3, 2)), "(any, 3, 3, 2), expected one channel");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]), 4, 3, 2)), "the first must be any number of patches, or 1");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]), "batch", 3, "bands")), "the bands must be a number");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]), "batch", "frames", 2)), "set PatchFrames");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Flatten", [x]))) with { PatchFrames = 5 },
            "patches of 3 frames, but PatchFrames is 5", "set Layout");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Add", [x, g.Input("more", "batch", 3, 2)]))), "its inputs are 'patches', 'more'");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Relu", [x]), "batch", 65_536, 65_536)), "at most 16777216 are taken");
    }

    [Theory]
    [InlineData(1, 3, 2)]
    [InlineData(3, 2, 1)]
    public void A_channel_may_come_first_or_last(int first, int second, int third)
    {
        using var network = new PatchNetwork(Tagging(Graph((g, x) => g.Node("Flatten", [x]), "batch", first, second, third)));
        Assert.Equal((3, 2, 6), (network.Patch.PatchFrames, network.Patch.BandCount, network.Patch.EmbeddingSize));
    }

    [Fact]
    public void Outputs_have_a_row_for_each_patch()
    {
        AssertRefused(Tagging(Graph((g, x) => g.Node("ReduceMean", [x], ("keepdims", 0), ("axes", new long[] { 0, 1 })))),
            "'made' is (2) for one patch");
        AssertRefused(Tagging(Graph((g, x) => g.Node("Reshape", [x, g.Integers("shape", 2, 3)]))), "'made' is (2, 3) for one patch");
        AssertRefused(Tagging(Graph((g, x) =>
        {
            g.Output(x, "batch", 3, 2);
            return g.Node("Flatten", [x]);
        })), "its outputs are 'patches', 'made': say which by OutputName");
    }

    [Fact]
    public void What_leads_to_no_output_that_is_asked_for_is_not_run()
    {
        var graph = SmallNetworksWithTags();
        using var network = new PatchNetwork(Tagging(graph) with { PatchFrames = 4, Layout = PatchLayout.BandsByFrames });
        Assert.DoesNotContain("tags", Wire.Model(network.Graph).One(Wire.Graph).All(Wire.GraphOutput)
            .Select(output => output.Fields.Single(field => field.Number == 1).Text));

        static byte[] SmallNetworksWithTags() => Embeddings.SmallNetworks.Convolution(2);
    }

    [Fact]
    public void Work_is_bounded_for_a_song()
    {
        // Over a hundred million multiplications a patch: fine side by side, too much at every frame.
        var heavy = Tagging(Graph((g, x) => g.Node("GlobalMaxPool", [g.Node("Conv",
            [x, g.Weights("kernel", new float[1024 * 9], 1024, 1, 3, 3)], ("pads", new long[] { 1, 1, 1, 1 }))]), "batch", 1, 300, 80));
        using (var network = new PatchNetwork(heavy))
            Assert.Equal(300, network.Patch.PatchFrames);
        AssertRefused(heavy with { PatchHop = 1 }, "multiplications a patch, and 2000 frames have 1701 patches", "set a larger PatchHop");
    }

    [Fact]
    public void Numbers_are_as_large_as_shapes_say_whatever_way_they_are_written()
    {
        var model = Wire.Model(Graph((g, x) => g.Node("Add", [g.Node("Flatten", [x]), g.Weights("w", [1, 2, 3, 4, 5, 6], 6)])));
        var tensor = model.One(Wire.Graph).One(Wire.Constant);
        var bytes = (byte[])tensor.Fields.Single(field => field.Number == 9).Value;
        tensor.Fields.RemoveAll(field => field.Number == 9);
        tensor.Add(4, bytes); // float_data, packed
        using (var network = new PatchNetwork(Tagging(model.ToBytes())))
            Assert.Equal(6, network.Patch.EmbeddingSize);
        tensor.Fields.Single(field => field.Number == 4).Value = bytes[..20];
        AssertRefused(Tagging(model.ToBytes()), "constant 'w' has 20 bytes, expected 24");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(23)]
    public void Operator_sets_have_bounds(int version)
    {
        var model = Wire.Model(Graph((g, x) => g.Node("Flatten", [x])));
        model.One(Wire.OperatorSets).Fields.Single(field => field.Number == 2).Value = (ulong)version;
        AssertRefused(Tagging(model.ToBytes()), $"its operator sets are '' {version}, expected '' 9 to 22");
    }

    private static EmbedSpectrogramOptions Tagging(byte[] graph) => new() { ModelBytes = graph, Operators = GraphOperators.Tagging };

    private static byte[] Graph(Func<OnnxGraphBuilder, string, string> nodes, params object[] dimensions)
    {
        var graph = new OnnxGraphBuilder("made up");
        var patches = graph.Input("patches", dimensions.Length > 0 ? dimensions : ["batch", 3, 2]);
        graph.Output(graph.Rename(nodes(graph, patches), "made"), "batch", "size");
        return graph.Build();
    }

    private static void AssertRefused(EmbedSpectrogramOptions options, params string[] says)
    {
        var message = Assert.Throws<InvalidDataException>(() => new PatchNetwork(options)).Message;
        Assert.All(says, part => Assert.Contains(part, message));
    }
}
