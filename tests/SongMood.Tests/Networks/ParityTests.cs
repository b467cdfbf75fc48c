using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using TorchSharp;

namespace SongMood.Tests.Networks;

/// <summary>A network and its graph are one function: what TorchSharp and ONNX Runtime make of it differs by 1e-5 at most.</summary>
[Collection(nameof(Torch))]
public class ParityTests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string, int, bool, int> RecurrentForms
    {
        get
        {
            var forms = new TheoryData<string, int, bool, int>();
            foreach (var cell in Enum.GetNames<RecurrentCell>())
                foreach (var layers in new[] { 1, 2 })
                    foreach (var bidirectional in new[] { false, true })
                        foreach (var linears in new[] { 0, 1, 2 })
                            forms.Add(cell, layers, bidirectional, linears);
            return forms;
        }
    }

    private static readonly Dictionary<string, Func<Network>> Cases = new()
    {
        ["mlp"] = () => new Mlp(InputShape.Vector(11), 4, [512, 128, 64], 0.2),
        ["mlp, second form"] = () => new HardtanhMlp(InputShape.Vector(11), 4, [512, 128], 0.2),
        ["cnn"] = () => new Cnn(InputShape.Vector(11), 4, [40, 80, 160, 160], 0.2),
        ["cnn, other sizes"] = () => new Cnn(InputShape.Vector(30), 3, [8, 9, 10], 0.2),
        ["rnn"] = () => new Recurrent(RecurrentCell.Rnn, InputShape.Sequence(20), 4, 128, 1, false, [], 0),
        ["rnn, both ways, two layers"] = () => new Recurrent(RecurrentCell.Rnn, InputShape.Sequence(20), 4, 16, 2, true, [8], 0.2),
        ["lstm"] = () => new Recurrent(RecurrentCell.Lstm, InputShape.Sequence(20), 4, 64, 1, false, [128], 0),
        ["lstm, both ways, two layers"] = () => new Recurrent(RecurrentCell.Lstm, InputShape.Sequence(20), 4, 16, 2, true, [], 0.2),
        ["gru"] = () => new Recurrent(RecurrentCell.Gru, InputShape.Sequence(20), 4, 64, 1, false, [], 0),
        ["gru, both ways, three layers"] = () => new Recurrent(RecurrentCell.Gru, InputShape.Sequence(20), 4, 16, 3, true, [8, 8], 0.2),
        ["crnn"] = () => new Crnn(InputShape.Sequence(20), 4, [24, 16], 12, 10, 0.3),
        ["crnn, one convolution"] = () => new Crnn(InputShape.Sequence(7), 2, [8], 3, 5, 0.3),
        ["attention"] = () => new Attention(InputShape.Sequence(20), 4, [24, 16], 2, 4, 10, 0.3),
        ["attention, one head"] = () => new Attention(InputShape.Sequence(5), 4, [6], 1, 1, 10, 0.3),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_weights(string name)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        using var network = Cases[name]();
        Check(network);
    }

    [Theory]
    [MemberData(nameof(RecurrentForms))]
    public void Every_form_of_the_recurrent_networks(string cell, int layers, bool bidirectional, int linears)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        using var network = new Recurrent(
            Enum.Parse<RecurrentCell>(cell), InputShape.Sequence(9), 4, 10, layers, bidirectional, [.. Enumerable.Range(5, linears)], 0.3);
        Check(network);
        Train(network);
        Check(network);
    }

    [Theory]
    [InlineData("mlp", 11)]
    [InlineData("mlp, second form", 11)]
    [InlineData("cnn", 11)]
    [InlineData("rnn", 128)]
    [InlineData("lstm", 128)]
    [InlineData("gru", 128)]
    [InlineData("crnn", 128)]
    [InlineData("attention", 128)]
    public void The_default_sizes_on_whole_clips(string name, int inputs)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        using var network = PaperTests.Make(name switch { "mlp, second form" => "mlp2", _ => name });
        Assert.Equal(inputs, network.Input.Size);
        Check(network, (2, 1232));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_training_on_scaled_inputs(string name)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(2);
        using var network = Cases[name]();
        Train(network);
        Check(network);
    }

    private static void Train(Network network)
    {
        network.Standardize([.. Enumerable.Range(0, network.Input.Size).Select(i => (float)i)],
            [.. Enumerable.Range(1, network.Input.Size).Select(i => 0.1f * i)]);
        using var optimizer = torch.optim.Adam(network.parameters(), 1e-2);
        network.train();
        for (var i = 0; i < 10; i++) // moves batch normalisation's statistics too
        {
            optimizer.zero_grad();
            var (_, logits) = network.call(Rows(network, 16, 13) + 1);
            torch.nn.functional.cross_entropy(logits, torch.randint(network.ClassCount, 16)).backward();
            optimizer.step();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_go_into_a_graph_and_back(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var first = Cases[name]();
        using var second = Cases[name]();
        var graph = first.ToOnnx();
        Assert.NotEqual(graph, second.ToOnnx());
        second.LoadOnnx(graph);
        Assert.Equal(graph, second.ToOnnx());
    }

    [Fact]
    public void Weights_of_another_form_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var first = new Mlp(InputShape.Vector(11), 4, [8], 0);
        using var second = new Mlp(InputShape.Vector(11), 4, [9], 0);
        Assert.Contains("'_linears.0.weight' is (8, 11), here it is (9, 11)",
            Assert.Throws<ArgumentException>(() => second.LoadOnnx(first.ToOnnx())).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_of_the_wrong_shape_is_an_error_not_an_abort(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Cases[name]();
        Assert.Throws<ArgumentException>(() => network.call(torch.zeros(3, network.Input.Size + 1)));
        Assert.Throws<ArgumentException>(() => network.call(torch.zeros(3, network.Input.Size + 1, 9)));
        Assert.Throws<ArgumentException>(() => network.call(torch.zeros(network.Input.Size)));
    }

    private static torch.Tensor Rows(Network network, int rows, int frames) =>
        network.Input.IsSequence ? torch.randn(rows, network.Input.Size, frames) : torch.randn(rows, network.Input.Size);

    private static void Check(Network network, params (int Rows, int Frames)[] sizes)
    {
        const float Temperature = 1.7f;
        network.eval();
        using var gradients = torch.no_grad();
        using var onnx = new OnnxNetwork(network.ToOnnx(Temperature));
        using var run = new NetworkRun(onnx) { WithEmbedding = true };
        Assert.Equal((network.Input, network.ClassCount, network.EmbeddingSize), (onnx.Input, onnx.ClassCount, onnx.EmbeddingSize));
        foreach (var (rows, frames) in sizes.Length > 0 ? sizes : [(1, 1), (3, 2), (7, 29), (2, 64)])
        {
            var x = Rows(network, rows, frames);
            var (embedding, logits) = network.call(x);
            var probabilities = torch.nn.functional.softmax(logits / Temperature, 1);
            var values = x.data<float>().ToArray();
            values.CopyTo(run.Prepare(rows, values.Length / rows));
            run.Run();
            for (var row = 0; row < rows; row++)
            {
                Close(probabilities[row], run.Probabilities(row));
                Close(embedding[row], run.Embedding(row));
            }
        }

        static void Close(torch.Tensor expected, ReadOnlySpan<float> got)
        {
            var values = expected.data<float>().ToArray();
            Assert.Equal(values.Length, got.Length);
            // Of probabilities 1e-5; of embeddings, which have no bound, 1e-5 of the row's largest where that is above 1: float32 sums
            // in another order differ by the size of what is summed.
            var tolerance = 1e-5f * Math.Max(1, values.Max(Math.Abs));
            for (var i = 0; i < got.Length; i++)
                Assert.Equal(values[i], got[i], tolerance);
        }
    }
}
