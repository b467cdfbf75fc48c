using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Networks;

/// <summary>The default networks are the paper's: their parameters, counted by hand, and their shapes.</summary>
[Collection(nameof(Torch))]
public class PaperTests
{
    [Theory]
    // 11 -> 512 -> 128 -> 64 -> 4: 6144 + 65664 + 8256 + 260, and two for each normalised activation: 1408
    [InlineData("mlp", 81732, 64)]
    // 11 -> 512 -> 128 -> 4: 6144 + 65664 + 516
    [InlineData("mlp2", 72324, 128)]
    // 1 -> 40 -> 80 -> 160 -> 160, three wide: 160 + 9680 + 38560 + 76960; normalisation 880; 320 -> 4: 1284
    [InlineData("cnn", 127524, 320)]
    // 128 x 128 twice and two biases: 33024; 128 -> 4: 516
    [InlineData("rnn", 33540, 128)]
    // four gates of 512 x (128 + 512) and two biases: 1314816; 512 -> 128: 65664; 128 -> 4: 516
    [InlineData("lstm", 1380996, 128)]
    // three gates of 128 x (128 + 128) and two biases: 99072; 128 -> 4: 516
    [InlineData("gru", 99588, 128)]
    // forwards and backwards, and a head of twice the size: 2 x 99072 + 1028
    [InlineData("gru, both ways", 199172, 256)]
    // three convolutions, five wide, 128 -> 128: 246144, normalised: 768; a GRU of 64 both ways: 74496; pooling over 256: 257;
    // normalisation of 512: 1024; 512 -> 64 -> 4: 32832 + 260
    [InlineData("crnn", 355781, 64)]
    // the same convolutions; two blocks of 132480 (normalisation 2 x 256, four of 16512, 33024, 32896); pooling over 128: 129;
    // normalisation of 256: 512; 256 -> 64 -> 4: 16448 + 260
    [InlineData("attention", 529221, 64)]
    public void Parameters_and_shapes(string name, long parameters, int embedding)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Make(name);
        Assert.Equal(parameters, network.ParameterCount);
        network.eval();
        var x = network.Input.IsSequence ? torch.randn(2, 128, 1232) : torch.randn(2, 11);
        var (activations, logits) = network.call(x);
        Assert.Equal([2, embedding], activations.shape);
        Assert.Equal([2, 4], logits.shape);
        Assert.Equal(embedding, network.EmbeddingSize);
    }

    [Fact]
    public void Too_few_features_for_the_pooling() => Assert.Contains("6 features are too few", Assert.Throws<ArgumentException>(
        () => new Cnn(InputShape.Vector(6), 4, new CnnOptions().Channels, 0)).Message);

    [Fact]
    public void Training_defaults()
    {
        Check(new MlpOptions(), 1e-4);
        Check(new CnnOptions(), 1e-4);
        Check(new RnnOptions(), 5e-5);
        Check(new LstmOptions(), 3e-5);

        static void Check(NetworkOptions options, double learningRate)
        {
            Assert.Equal((100, 128, learningRate, OptimizerKind.Adam),
                (options.Epochs, options.BatchSize, options.LearningRate, options.Optimizer));
            Assert.Equal((ClassWeighting.Balanced, RowSampling.Shuffled, 0.0),
                (options.ClassWeights, options.Sampling, options.WeightDecay));
        }
    }

    internal static Network Make(string name)
    {
        var (vector, sequence) = (InputShape.Vector(11), InputShape.Sequence(128));
        return name switch
        {
            "mlp" => new Mlp(vector, 4, [512, 128, 64], 0),
            "mlp2" => new HardtanhMlp(vector, 4, [512, 128], 0),
            "cnn" => new Cnn(vector, 4, new CnnOptions().Channels, 0),
            "rnn" => Of(RecurrentCell.Rnn, new RnnOptions()),
            "lstm" => Of(RecurrentCell.Lstm, new LstmOptions()),
            "gru" => Of(RecurrentCell.Gru, new GruOptions()),
            "gru, both ways" => Of(RecurrentCell.Gru, new GruOptions { Bidirectional = true }),
            "crnn" => new Crnn(sequence, 4, new CrnnOptions().Channels, new CrnnOptions().HiddenSize, new CrnnOptions().EmbeddingSize, 0),
            "attention" =>
                new Attention(sequence, 4, new AttentionOptions().Channels, new AttentionOptions().Blocks,
                new AttentionOptions().Heads, 64, 0),
            _ => throw new ArgumentException(name),
        };

        Recurrent Of(RecurrentCell cell, RecurrentOptions options) =>
            new(cell, sequence, 4, options.HiddenSize, options.Layers, options.Bidirectional, options.LinearSizes, options.Dropout);
    }
}
