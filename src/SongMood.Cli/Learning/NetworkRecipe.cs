using Microsoft.ML;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Cli.Learning;

/// <summary>The trainer that the settings ask for.</summary>
internal static class NetworkRecipe
{
    /// <summary>The paper's clips: 30 s, of which it says 1232 frames. Songs differ in length, and recurrence learns from equal ones.</summary>
    private const int PaperFrames = 1232;

    /// <summary>The networks' names, as a report has them.</summary>
    public static string Describe(TrainingSettings settings) => string.Join(" + ", Members(settings).Select(member => KindOf(member).Name()));

    /// <summary>Whether one of the networks hears one frame after the other.</summary>
    public static bool HearsFrames(TrainingSettings settings) => Members(settings).Any(member => KindOf(member).IsSequence());

    /// <summary>The column and the options of each network that is trained.</summary>
    /// <exception cref="ArgumentException">Something was chosen that a network does not have, or it does not fit the input.</exception>
    public static (string Column, NetworkOptions Options)[] Networks(TrainingSettings settings)
    {
        var chosen = settings.Network;
        if (settings.Input == SongInput.Both && (chosen.Hidden.Count > 0 || chosen is not { Kind: null, Layers: null, Dropout: null, WeightDecay: null }))
            throw new ArgumentException("--inputs both trains two networks, an mlp on the descriptors and a crnn on the mel spectrogram, each of its own "
                + "sizes: leave --network, --hidden, --layers, --dropout and --weight-decay out, or learn from one of both.");
        return [.. Members(settings).Select(member => (
            settings.Input == SongInput.Both && member.Input == SongInput.Mel ? Recipe.MelColumn : Recipe.FeatureColumn, Options(member)))];
    }

    private static TrainingSettings[] Members(TrainingSettings settings) => settings.Input != SongInput.Both ? [settings] :
    [
        settings with { Input = SongInput.Descriptors, Network = NetworkSettings.Default },
        settings with { Input = SongInput.Mel, Network = NetworkSettings.Default with { CropFrames = settings.Network.CropFrames } },
    ];

    private static NetworkKind KindOf(TrainingSettings settings) =>
        settings.Network.Kind ?? (settings.Input == SongInput.Mel ? NetworkKind.Crnn : NetworkKind.Mlp);

    private static NetworkOptions Options(TrainingSettings settings)
    {
        var kind = KindOf(settings);
        var isMel = settings.Input == SongInput.Mel;
        if (kind.IsSequence() != isMel)
            throw new ArgumentException(kind.IsSequence()
                ? $"--network {kind.Name()} hears one frame after the other: it needs --inputs mel, not {settings.Input.ToString().ToLowerInvariant()}. "
                    + $"Over numbers there are {Others(sequence: false)}."
                : $"--network {kind.Name()} learns from numbers: it needs --inputs descriptors or --columns, not --inputs mel. "
                    + $"Over the mel spectrogram there are {Others(sequence: true)}.");
        var options = Defaults(kind);
        if (settings.Input == SongInput.Descriptors)
            ForManyNumbers(options);
        Choose(options, settings.Network, kind);
        options.Epochs = settings.Epochs ?? options.Epochs;
        options.BatchSize = settings.BatchSize ?? options.BatchSize;
        options.LearningRate = settings.LearningRate ?? options.LearningRate;
        options.Seed = settings.Seed;
        return options;
    }

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IEstimator<ITransformer> Trainer(MLContext context, NetworkOptions options)
    {
        var trainers = context.MulticlassClassification.Trainers;
        return options switch
        {
            MlpOptions mlp => trainers.Mlp(mlp),
            CnnOptions cnn => trainers.Cnn(cnn),
            RnnOptions rnn => trainers.Rnn(rnn),
            LstmOptions lstm => trainers.Lstm(lstm),
            GruOptions gru => trainers.Gru(gru),
            CrnnOptions crnn => trainers.Crnn(crnn),
            AttentionOptions attention => trainers.Attention(attention),
            _ => throw new InvalidOperationException($"{options.GetType().Name} has no trainer here."),
        };
    }

    private static NetworkOptions Defaults(NetworkKind kind) => kind switch
    {
        NetworkKind.Mlp => new MlpOptions(),
        NetworkKind.HardtanhMlp => new MlpOptions { Form = MlpForm.Hardtanh },
        NetworkKind.Cnn => new CnnOptions(),
        NetworkKind.Rnn => new RnnOptions { CropFrames = PaperFrames },
        NetworkKind.Lstm => new LstmOptions { CropFrames = PaperFrames },
        NetworkKind.Gru => new GruOptions { CropFrames = PaperFrames },
        NetworkKind.Crnn => new CrnnOptions(),
        NetworkKind.Attention => new AttentionOptions(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A thousand descriptors of a few hundred songs: the paper's training, meant for eleven, would learn them by heart.</summary>
    private static void ForManyNumbers(NetworkOptions options)
    {
        (options.Epochs, options.BatchSize, options.LearningRate) = (30, 64, 5e-4);
        (options.Optimizer, options.WeightDecay, options.LabelSmoothing) = (OptimizerKind.AdamW, 1e-2, 0.1);
        if (options is MlpOptions mlp)
            (mlp.HiddenSizes, mlp.Dropout) = ([256, 64], 0.5);
    }

    private static void Choose(NetworkOptions options, NetworkSettings chosen, NetworkKind kind)
    {
        var hidden = chosen.Hidden.Count > 0 ? chosen.Hidden : null;
        if (chosen.Layers is not null && options is not (RecurrentOptions or AttentionOptions))
            throw new ArgumentException($"--layers is for rnn, lstm, gru and attention; the network is {kind.Name()}."
                + (options is MlpOptions ? " A perceptron has as many layers as --hidden has sizes." : ""));
        if (options is SequenceOptions sequence)
            sequence.CropFrames = chosen.CropFrames ?? sequence.CropFrames;
        else if (chosen.CropFrames is not null)
            throw new ArgumentException($"--crop-frames is for networks over the mel spectrogram; the network is {kind.Name()}.");
        options.WeightDecay = chosen.WeightDecay ?? options.WeightDecay;
        switch (options)
        {
            case MlpOptions mlp:
                (mlp.HiddenSizes, mlp.Dropout) = (hidden ?? mlp.HiddenSizes, chosen.Dropout ?? mlp.Dropout);
                break;
            case CnnOptions cnn:
                (cnn.Channels, cnn.Dropout) = (hidden ?? cnn.Channels, chosen.Dropout ?? cnn.Dropout);
                break;
            case RecurrentOptions recurrent:
                (recurrent.Layers, recurrent.Dropout) = (chosen.Layers ?? recurrent.Layers, chosen.Dropout ?? recurrent.Dropout);
                recurrent.HiddenSize = hidden?[0] ?? recurrent.HiddenSize;
                recurrent.LinearSizes = hidden is { Count: > 1 } ? [.. hidden.Skip(1)] : recurrent.LinearSizes;
                break;
            case CrnnOptions crnn:
                if (hidden is { Count: > 2 })
                    throw new ArgumentException($"--hidden {NetworkSettings.HiddenText(hidden)} has {hidden.Count} sizes; the crnn has two: its states and its embedding.");
                crnn.HiddenSize = hidden?[0] ?? crnn.HiddenSize;
                crnn.EmbeddingSize = hidden is { Count: 2 } ? hidden[1] : crnn.EmbeddingSize;
                crnn.Dropout = chosen.Dropout ?? crnn.Dropout;
                break;
            case AttentionOptions attention:
                (attention.Channels, attention.Blocks) = (hidden ?? attention.Channels, chosen.Layers ?? attention.Blocks);
                attention.Dropout = chosen.Dropout ?? attention.Dropout;
                break;
        }
    }

    private static string Others(bool sequence) =>
        string.Join(", ", Enum.GetValues<NetworkKind>().Where(kind => kind.IsSequence() == sequence).Select(kind => kind.Name()));
}
