using SongMood.Scoring;

namespace SongMood.Tests.Scoring.Checks;

/// <summary>
/// What a graph may hold. That all that SongMood writes passes, the tests of its networks and ensembles show: each of their graphs went
/// through the check.
/// </summary>
public class GraphCheckTests
{
    [Fact]
    public void What_SongMood_writes_passes_to_the_byte()
    {
        var graph = Graph(add => add.Node("Relu", ["input"]));
        Assert.Equal(graph, GraphCheck.Own.Check(graph));
        using var network = new OnnxNetwork(graph);
        Assert.Equal((3, 3), (network.ClassCount, network.EmbeddingSize));
    }

    [Theory]
    [InlineData("Loop")]
    [InlineData("If")]
    [InlineData("Scan")]
    [InlineData("RandomNormal")]
    [InlineData("ConstantOfShape")]
    [InlineData("Expand")]
    public void Other_operators_are_refused(string name) =>
        AssertRefused(Graph(add => add.Node(name, ["input"])), $"({name}) is of an operator that is not taken", "LSTM");

    [Fact]
    public void An_operator_can_be_opted_into()
    {
        var graph = Graph(add => add.Node("Sigmoid", ["input"]));
        AssertRefused(graph, "Sigmoid");
        var wider = new GraphCheck
        {
            Operators = new Dictionary<string, OnnxOperator>(OnnxOperators.Written)
            {
                ["Sigmoid"] = new([], node => new(0, node.Shape(0))),
            },
        };
        Assert.Equal(graph, wider.Check(graph));
    }

    [Fact]
    public void A_graph_within_a_graph_is_refused()
    {
        var model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        // AttributeProto: name 1, g 6, type 20 (GRAPH is 5)
        model.One(Wire.Graph).All(Wire.Node).First().Add(Wire.Attribute, new Wire().Add(1, "body").Add(6, new Wire()).Add(20, 5));
        AssertRefused(model.ToBytes(), "has an attribute 'body'");
    }

    [Fact]
    public void An_operator_of_another_domain_or_set_is_refused()
    {
        var model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        model.One(Wire.Graph).All(Wire.Node).First().Add(7, "com.example");
        AssertRefused(model.ToBytes(), "'com.example'");
        model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        model.Add(Wire.OperatorSets, new Wire().Add(1, "com.example").Add(2, 1));
        AssertRefused(model.ToBytes(), "operator sets");
    }

    /// <summary>Fields that ONNX Runtime knows and the check does not are not handed on: functions (25), training (20).</summary>
    [Fact]
    public void What_the_check_does_not_know_does_not_run()
    {
        var graph = Graph(add => add.Node("Relu", ["input"]));
        var model = Wire.Model(graph);
        model.Add(25, new Wire().Add(1, "Relu")).Add(20, new Wire());
        Assert.NotEqual(graph, model.ToBytes());
        Assert.Equal(graph, GraphCheck.Own.Check(model.ToBytes()));
    }

    [Fact]
    public void Weights_in_another_file_are_refused()
    {
        var model = Wire.Model(Graph(add => add.Node("Add", ["input", add.Weights("w", [1, 2, 3], 3)])));
        var tensor = model.One(Wire.Graph).One(Wire.Constant);
        tensor.Fields.RemoveAll(field => field.Number == 9);
        tensor.Add(13, new Wire().Add(1, "location").Add(2, "secret.bin")).Add(14, 1);
        AssertRefused(model.ToBytes(), "'w' lies in another file");
    }

    [Theory]
    [InlineData(4L, "has 12 bytes, expected 16")]
    [InlineData(1L << 62, "has 12 bytes")]
    [InlineData(-1L, "has the shape (-1)")]
    [InlineData(0L, "has the shape (0)")]
    public void A_constant_has_the_size_that_it_says(long dimension, string says)
    {
        var model = Wire.Model(Graph(add => add.Node("Add", ["input", add.Weights("w", [1, 2, 3], 3)])));
        model.One(Wire.Graph).One(Wire.Constant).Fields.Single(field => field.Number == 1).Value = PackedNumber(dimension);
        AssertRefused(model.ToBytes(), "constant 'w'", says);
    }

    [Fact]
    public void Inputs_and_outputs_are_those_of_ours()
    {
        AssertRefused(Graph(add => add.Node("Relu", [add.Input("x", "batch", 3)])), "input 'x'");
        var model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        model.One(Wire.Graph).Fields.RemoveAll(field => field.Number == Wire.GraphOutput);
        AssertRefused(model.ToBytes(), "outputs are , expected 'probabilities' and 'embedding'");
        model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        // ValueInfoProto.type.tensor_type.elem_type: 1 is float, 7 whole numbers
        model.One(Wire.Graph).One(Wire.GraphInput).One(2).One(1).Fields.Single(field => field.Number == 1).Value = 7UL;
        AssertRefused(model.ToBytes(), "'input' is no tensor of floats");
    }

    [Theory]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(1L << 62)] // times the frames, a long goes round to 0
    [InlineData(-1L)]
    public void An_input_has_a_size_that_an_array_can_have(long size)
    {
        var model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        // ValueInfoProto.type.tensor_type.shape.dim: the second is the size, dim_value 1
        model.One(Wire.Graph).One(Wire.GraphInput).One(2).One(1).One(2).All(1).Last().Fields.Single(field => field.Number == 1).Value =
            (ulong)size;
        AssertRefused(model.ToBytes(), "with 1 to 2147483647 features or bands");
    }

    [Fact]
    public void Counts_of_values_never_go_round()
    {
        Assert.Equal(24, OnnxOperators.Count([2, 3, 4]));
        Assert.Equal(long.MaxValue, OnnxOperators.Count([1L << 62, GraphCheck.FrameCount]));
        Assert.Equal(long.MaxValue, OnnxOperators.Count([1, 1L << 62, 1L << 62, 4]));
        Assert.Equal(0, OnnxOperators.Count([1L << 62, 1L << 62, 0]));
    }

    [Fact]
    public void Values_that_multiply_are_refused_before_they_are_made()
    {
        AssertRefused(Graph(add => Repeat(40, "input", x => add.Node("Concat", [x, x], ("axis", 1)))), "make more than 268435456 values");
        AssertRefused(Graph(add =>
        {
            var wide = Repeat(14, "input", x => add.Node("Concat", [x, x], ("axis", 1))); // (1, 49152)
            return add.Node("MatMul", [add.Node("Transpose", [wide], ("perm", new long[] { 1, 0 })), wide]);
        }), "make more than 268435456 values");
    }

    [Fact]
    public void Work_without_end_is_refused()
    {
        var weights = new float[1024 * 1024];
        AssertRefused(Graph(add =>
        {
            var square = add.Weights("w", weights, 1024, 1024);
            return Repeat(300, square, x => add.Node("MatMul", [x, square]));
        }), "take more than 200000000000 multiplications");
    }

    /// <summary>Attention makes of each frame as many values as there are frames: 2 MB of half a minute, 2.7 GB of ten.</summary>
    [Fact]
    public void What_grows_with_the_square_of_the_frames_is_checked_for_as_many_as_there_are()
    {
        var graph = new OnnxGraphBuilder("test");
        graph.Input("input", "batch", 2, "frames");
        var scores = graph.Node("MatMul", [graph.Node("Transpose", ["input"], ("perm", new long[] { 0, 2, 1 })), "input"]);
        var made = graph.Node("ReduceSum", [graph.Node("MatMul", ["input", scores]), graph.Integers("frames", 2)], ("keepdims", 0));
        graph.Output(graph.Rename(made, "probabilities"), "batch", 2);
        graph.Output(graph.Rename(made, "embedding"), "batch", 2);
        using var network = new OnnxNetwork(graph.Build());
        network.CheckFrames(16_000);
        var error = Assert.Throws<LongSequenceException>(() => network.CheckFrames(25_840)); // ten minutes
        Assert.StartsWith("25840 frames are more than this network can hear at once: up to ", error.Message);
        Assert.Contains("more than 268435456 values that are needed at once of 25840 frames. Give it less", error.Message);
    }

    [Fact]
    public void Values_that_are_needed_no_more_do_not_count_among_those_at_once()
    {
        // each of 3 x 2^26 values, of which never more than two are needed at once: in all too many, unless the frames are
        byte[] Chain(int length)
        {
            var graph = new OnnxGraphBuilder("test");
            graph.Input("input", "batch", 1 << 13, "frames");
            var made = graph.Node("ReduceSum",
                [Repeat(length, "input", x => graph.Node("Relu", [x])), graph.Integers("frames", 2)], ("keepdims", 0));
            graph.Output(graph.Rename(made, "probabilities"), "batch", 1 << 13);
            graph.Output(graph.Rename(made, "embedding"), "batch", 1 << 13);
            return graph.Build();
        }
        AssertRefused(Chain(30), "make more than 268435456 values of 1232 frames");
        using var network = new OnnxNetwork(Chain(20));
        network.CheckFrames(15_000); // 123 million values a node, 2.5 billion in all
        Assert.Contains("needed at once", Assert.Throws<LongSequenceException>(() => network.CheckFrames(17_000)).Message);
    }

    [Fact]
    public void Many_small_messages_are_refused_before_they_are_parsed()
    {
        var model = Wire.Model(Graph(add => add.Node("Relu", ["input"])));
        for (var i = 0; i < 2_200_000; i++)
            model.One(Wire.Graph).Add(Wire.Node, Array.Empty<byte>());
        var bytes = model.ToBytes();
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(bytes, "bytes beside its weights");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Nodes_that_do_not_fit_together_are_refused()
    {
        AssertRefused(Graph(add => add.Node("Relu", ["nothing"])), "no input 0 of floats");
        AssertRefused(Graph(add => add.Node("Add", ["input", add.Weights("w", [1, 2], 2)])), "(1, 3) and (2)");
        AssertRefused(Graph(add => add.Node("Reshape", ["input", add.Integers("shape", 7)])), "cannot make (7) of (1, 3)");
        AssertRefused(Graph(add => add.Node("Gather", ["input", add.Integers("places", 9)], ("axis", 1))), "takes a place");
        AssertRefused(Graph(add => add.Node("Softmax", ["input"], ("axis", 5))), "the axis 5 of 2");
        AssertRefused(Graph(add => add.Node("Relu", ["input"], ("alpha", 1f))), "has an attribute 'alpha'");
    }

    [Fact]
    public void Any_bytes_are_refused_or_understood()
    {
        var graph = Graph(add => add.Node("Relu", ["input"]));
        Assert.All(Enumerable.Range(0, 2000), seed =>
        {
            var random = new Random(seed);
            byte[] bytes = [.. graph];
            for (var i = random.Next(1, 5); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                GraphCheck.Own.Check(bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            }
            catch (InvalidDataException)
            {
            }
        });
    }

    /// <summary>A graph from three features to three classes, through what <paramref name="middle"/> makes.</summary>
    private static byte[] Graph(Func<OnnxGraphBuilder, string> middle)
    {
        var graph = new OnnxGraphBuilder("test");
        graph.Input("input", "batch", 3);
        var made = middle(graph);
        graph.Output(graph.Rename(made, "probabilities"), "batch", 3);
        graph.Output(graph.Rename(made, "embedding"), "batch", 3);
        return graph.Build();
    }

    private static string Repeat(int count, string x, Func<string, string> step)
    {
        for (var i = 0; i < count; i++)
            x = step(x);
        return x;
    }

    private static byte[] PackedNumber(long value)
    {
        var bytes = new List<byte>();
        for (var left = (ulong)value; ; left >>= 7)
        {
            bytes.Add((byte)(left >= 0x80 ? left | 0x80 : left));
            if (left < 0x80)
                return [.. bytes];
        }
    }

    private static void AssertRefused(byte[] graph, params string[] says)
    {
        var message = Assert.Throws<InvalidDataException>(() => GraphCheck.Own.Check(graph)).Message;
        Assert.All(says.Prepend("is no graph that SongMood writes"), text => Assert.Contains(text, message));
    }
}
