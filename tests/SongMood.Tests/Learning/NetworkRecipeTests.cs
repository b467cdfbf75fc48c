using SongMood.Learning;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Tests.Learning;

[Collection(nameof(Torch))]
public class NetworkRecipeTests
{
    /// <summary>What nobody says follows from what is said.</summary>
    [Theory]
    [InlineData("", SongInput.Embedding, NetworkKind.Linear)]
    [InlineData("weight decay, epochs", SongInput.Embedding, NetworkKind.Linear)]
    [InlineData("hidden", SongInput.Embedding, NetworkKind.Mlp)]
    [InlineData("dropout", SongInput.Embedding, NetworkKind.Mlp)]
    [InlineData("Linear", SongInput.Embedding, NetworkKind.Linear)]
    [InlineData("Mlp", SongInput.Embedding, NetworkKind.Mlp)]
    [InlineData("Cnn", SongInput.Embedding, NetworkKind.Cnn)]
    [InlineData("Rnn", SongInput.Mel, NetworkKind.Rnn)]
    [InlineData("Lstm, hidden, dropout", SongInput.Mel, NetworkKind.Lstm)]
    [InlineData("Attention", SongInput.Mel, NetworkKind.Attention)]
    [InlineData("Descriptors", SongInput.Descriptors, NetworkKind.Mlp)]
    [InlineData("Descriptors, Linear", SongInput.Descriptors, NetworkKind.Linear)]
    [InlineData("Columns", SongInput.Columns, NetworkKind.Mlp)]
    [InlineData("Mel, dropout", SongInput.Mel, NetworkKind.Crnn)]
    public void Inputs_and_network_fit_what_is_said(string said, SongInput inputs, NetworkKind kind)
    {
        var options = said.Split(", ").Aggregate(new MoodLearningOptions(), (options, word) => word switch
        {
            "" => options,
            "hidden" => options with { Network = options.Network with { Hidden = [64] } },
            "dropout" => options with { Network = options.Network with { Dropout = 0.3 } },
            "weight decay" => options with { Network = options.Network with { WeightDecay = 0.1 } },
            "epochs" => options with { Epochs = 3 },
            _ when Enum.TryParse<SongInput>(word, out var input) => options with { Inputs = input },
            _ => options with { Network = options.Network with { Kind = Enum.Parse<NetworkKind>(word) } },
        });
        options.Validate();
        Assert.Equal((inputs, kind), (options.Inputs, NetworkRecipe.KindOf(options)));
        Assert.Equal(inputs, (options with { Epochs = 7 }).Inputs);
    }

    [Fact]
    public void Options_reach_the_trainer_and_the_others_keep_their_defaults()
    {
        var chosen = NetworkChoice.Default;
        NetworkOptions Of(SongInput input, NetworkChoice network) =>
            NetworkRecipe.Networks(new MoodLearningOptions { Inputs = input, Network = network, Seed = 5 }).Single().Options;

        var mlp = Assert.IsType<MlpOptions>(Of(SongInput.Columns, chosen with { Hidden = [9, 7], Dropout = 0.1, WeightDecay = 0.3 }));
        Assert.Equal([9, 7], mlp.HiddenSizes!);
        Assert.Equal((0.1, 0.3, 60, 3e-3, MlpForm.BatchNormRelu, 5),
            (mlp.Dropout, mlp.WeightDecay, mlp.Epochs, mlp.LearningRate, mlp.Form, mlp.Seed));
        mlp = (MlpOptions)Of(SongInput.Columns, chosen);
        Assert.Equal([128, 64], mlp.HiddenSizes!);
        Assert.Equal((0.3, 64, "cosine(0.05, 0)", OptimizerKind.AdamW, 1e-2, ClassWeighting.None),
            (mlp.Dropout, mlp.BatchSize, $"{mlp.Schedule}", mlp.Optimizer, mlp.WeightDecay, mlp.ClassWeights));
        var cnn = (CnnOptions)Of(SongInput.Columns, chosen with { Kind = NetworkKind.Cnn });
        Assert.Equal((0.3, 40, 3e-3), (cnn.Dropout, cnn.Epochs, cnn.LearningRate));
        Assert.Equal(MlpForm.Hardtanh, ((MlpOptions)Of(SongInput.Columns, chosen with { Kind = NetworkKind.HardtanhMlp })).Form);

        var descriptors = Assert.IsType<MlpOptions>(Of(SongInput.Descriptors, chosen));
        Assert.Equal([256, 64], descriptors.HiddenSizes!);
        Assert.Equal((0.5, 30, 64, 5e-4, OptimizerKind.AdamW, 1e-2, 0.1), (descriptors.Dropout, descriptors.Epochs, descriptors.BatchSize,
            descriptors.LearningRate, descriptors.Optimizer, descriptors.WeightDecay, descriptors.LabelSmoothing));

        var linear = Assert.IsType<MlpOptions>(Of(SongInput.Embedding, chosen));
        Assert.Equal((MlpForm.Linear, false, 100, 64, 3e-2, OptimizerKind.Adam, 3e-4, 0.0), (linear.Form, linear.StandardizeInputs,
            linear.Epochs, linear.BatchSize, linear.LearningRate, linear.Optimizer, linear.WeightDecay, linear.LabelSmoothing));
        Assert.Equal("cosine(0.05, 0)", $"{linear.Schedule}");
        Assert.Equal(MlpForm.Linear, ((MlpOptions)Of(SongInput.Columns, chosen with { Kind = NetworkKind.Linear })).Form);
        Assert.Equal([256, 64], ((MlpOptions)Of(SongInput.Embedding, chosen with { Kind = NetworkKind.Mlp })).HiddenSizes!);

        var lstm = Assert.IsType<LstmOptions>(Of(SongInput.Mel, chosen with { Kind = NetworkKind.Lstm, Hidden = [64], Layers = 3 }));
        Assert.Equal((64, 3, 1232), (lstm.HiddenSize, lstm.Layers, lstm.CropFrames));
        Assert.Equal([128], lstm.LinearSizes);
        var gru =
            Assert.IsType<GruOptions>(Of(SongInput.Mel, chosen with { Kind = NetworkKind.Gru, Hidden = [64, 32, 16], CropFrames = 50 }));
        Assert.Equal((64, 50), (gru.HiddenSize, gru.CropFrames));
        Assert.Equal([32, 16], gru.LinearSizes);

        var crnn = Assert.IsType<CrnnOptions>(Of(SongInput.Mel, chosen));
        Assert.Equal((64, 64, 256), (crnn.HiddenSize, crnn.EmbeddingSize, crnn.CropFrames));
        crnn = Assert.IsType<CrnnOptions>(Of(SongInput.Mel, chosen with { Hidden = [32, 16] }));
        Assert.Equal((32, 16), (crnn.HiddenSize, crnn.EmbeddingSize));
    }

    /// <summary>The sum of the losses shrinks with the songs, and its mean, which optimisers know, does not.</summary>
    [Theory]
    [InlineData(20, 0.0072)]
    [InlineData(240, 0.0006)]
    [InlineData(480, 0.0003)]
    [InlineData(10_000, 0.0003)]
    public void Few_songs_have_a_larger_penalty(int songCount, double expected)
    {
        Assert.Equal(expected, Decay(new()), 12);
        Assert.Equal(0.002, Decay(new() { WeightDecay = 0.002 }));
        Assert.Equal(0.01, Decay(new() { Kind = NetworkKind.Mlp }));

        double Decay(NetworkChoice chosen) => NetworkRecipe.Networks(
            new MoodLearningOptions { Inputs = SongInput.Embedding, Network = chosen }, songCount).Single().Options.WeightDecay;
    }

    /// <summary>What help tells of a network's defaults, chosen by name, changes nothing.</summary>
    [Fact]
    public void Defaults_that_are_chosen_by_name_train_the_same()
    {
        foreach (var kind in Enum.GetValues<NetworkKind>())
            foreach (var inputs in kind.IsSequence() ? [SongInput.Mel]
                : new[] { SongInput.Embedding, SongInput.Descriptors, SongInput.Columns })
            {
                var named = NetworkDefaults.Of(inputs, kind);
                named.Validate(); // the network has all that is named
                Assert.Equal(kind == NetworkKind.Linear, named.Network.Hidden.Count == 0);
                var nothing = new MoodLearningOptions { Inputs = inputs, Network = new NetworkChoice { Kind = kind } };
                Assert.Equal(Text(nothing), Text(named));
            }

        static string Text(MoodLearningOptions options)
        {
            var network = NetworkRecipe.OptionsOf(options);
            if (network is MlpOptions mlp) // sizes that are null are those of the form
                network = mlp with { HiddenSizes = mlp.SizesInForm() };
            return string.Join(", ", network.GetType().GetProperties().Select(property => property.GetValue(network) switch
            {
                IEnumerable<int> sizes => $"{property.Name} {string.Join('x', sizes)}",
                var value => $"{property.Name} {value}",
            }));
        }
    }
}
