using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>The options of the network that is asked for.</summary>
internal static class NetworkRecipe
{
    /// <summary>
    /// The paper's clips: 30 s, of which it says 1232 frames. Songs differ in length, and recurrence learns from equal ones.
    /// </summary>
    private const int PaperFrames = 1232;

    /// <summary>The networks' names, as a report has them.</summary>
    public static string Describe(MoodLearningOptions settings) =>
        string.Join(" + ", Members(settings).Select(member => KindOf(member).Name()));

    /// <summary>Whether one of the networks hears one frame after the other.</summary>
    public static bool HearsFrames(MoodLearningOptions settings) => Members(settings).Any(member => KindOf(member).IsSequence());

    /// <summary>The column and the options of each network that is trained.</summary>
    /// <exception cref="MoodLearningException">Something was chosen that a network does not have, or it does not fit the input.</exception>
    public static (string Column, NetworkOptions Options)[] Networks(MoodLearningOptions settings)
    {
        var chosen = settings.Network;
        if (settings.Inputs == SongInput.Both
            && (chosen.Hidden.Count > 0 || chosen is not { Kind: null, Layers: null, Dropout: null, WeightDecay: null }))
            throw new MoodLearningException(
                $"{Term.InputsBoth} trains two networks, an mlp on the descriptors and a crnn on the mel spectrogram, each of its own "
                + $"sizes: leave {Term.Network}, {Term.Hidden}, {Term.Layers}, {Term.Dropout} and {Term.WeightDecay} out, "
                + $"or learn from one of both.");
        return [.. Members(settings).Select(member => (
            settings.Inputs == SongInput.Both && member.Inputs == SongInput.Mel
                ? LearningRecipe.MelColumn : LearningRecipe.FeatureColumn, Options(member)))];
    }

    private static MoodLearningOptions[] Members(MoodLearningOptions settings) => settings.Inputs != SongInput.Both ? [settings] :
    [
        settings with { Inputs = SongInput.Descriptors, Network = NetworkChoice.Default },
        settings with { Inputs = SongInput.Mel, Network = NetworkChoice.Default with { CropFrames = settings.Network.CropFrames } },
    ];

    private static NetworkKind KindOf(MoodLearningOptions settings) =>
        settings.Network.Kind ?? (settings.Inputs == SongInput.Mel ? NetworkKind.Crnn : NetworkKind.Mlp);

    private static NetworkOptions Options(MoodLearningOptions settings)
    {
        var kind = KindOf(settings);
        var isMel = settings.Inputs == SongInput.Mel;
        if (kind.IsSequence() != isMel)
            throw kind.IsSequence()
                ? new MoodLearningException($"{Term.Network} {kind.Name()} hears one frame after the other: it needs {Term.InputsMel}, "
                    + $"not {settings.Inputs.ToString().ToLowerInvariant()}. "
                    + $"Over numbers there are {Others(sequence: false)}.")
                : new MoodLearningException($"{Term.Network} {kind.Name()} learns from numbers: it needs {Term.InputsDescriptors} or "
                    + $"{Term.Columns}, not {Term.InputsMel}. "
                    + $"Over the mel spectrogram there are {Others(sequence: true)}.");
        var options = Choose(Defaults(kind, settings.Inputs == SongInput.Descriptors), settings.Network, kind);
        return options with
        {
            WeightDecay = settings.Network.WeightDecay ?? options.WeightDecay,
            Epochs = settings.Epochs ?? options.Epochs,
            BatchSize = settings.BatchSize ?? options.BatchSize,
            LearningRate = settings.LearningRate ?? options.LearningRate,
            Seed = settings.Seed,
        };
    }

    private static NetworkOptions Defaults(NetworkKind kind, bool hasManyNumbers)
    {
        NetworkOptions options = kind switch
        {
            NetworkKind.Mlp => new MlpOptions(),
            NetworkKind.HardtanhMlp => new MlpOptions { Form = MlpForm.Hardtanh },
            NetworkKind.Cnn => new CnnOptions(),
            NetworkKind.Rnn => new RnnOptions { CropFrames = PaperFrames },
            NetworkKind.Lstm => new LstmOptions { CropFrames = PaperFrames },
            NetworkKind.Gru => new GruOptions { CropFrames = PaperFrames },
            NetworkKind.Crnn => new CrnnOptions(),
            NetworkKind.Attention => new AttentionOptions(),
            _ => throw new MoodLearningException(
                $"{Term.Network} is {kind}; expected one of {string.Join(", ", Enum.GetValues<NetworkKind>())}."),
        };
        return !hasManyNumbers
            ? options : ForManyNumbers(options is MlpOptions mlp ? mlp with { HiddenSizes = [256, 64], Dropout = 0.5 } : options);
    }

    /// <summary>A thousand descriptors of a few hundred songs: the paper's training, meant for eleven, would learn them by heart.</summary>
    private static NetworkOptions ForManyNumbers(NetworkOptions options) => options with
    {
        Epochs = 30,
        BatchSize = 64,
        LearningRate = 5e-4,
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 1e-2,
        LabelSmoothing = 0.1,
    };

    private static NetworkOptions Choose(NetworkOptions options, NetworkChoice chosen, NetworkKind kind)
    {
        var hidden = chosen.Hidden.Count > 0 ? chosen.Hidden : null;
        if (chosen.Layers is not null && options is not (RecurrentOptions or AttentionOptions))
            throw options is MlpOptions
                ? new MoodLearningException($"{Term.Layers} is for rnn, lstm, gru and attention; the network is {kind.Name()}. "
                    + $"A perceptron has as many layers as {Term.Hidden} has sizes.")
                : new MoodLearningException($"{Term.Layers} is for rnn, lstm, gru and attention; the network is {kind.Name()}.");
        if (options is SequenceOptions sequence)
            options = sequence with { CropFrames = chosen.CropFrames ?? sequence.CropFrames };
        else if (chosen.CropFrames is not null)
            throw new MoodLearningException($"{Term.CropFrames} is for networks over the mel spectrogram; the network is {kind.Name()}.");
        if (options is CrnnOptions && hidden is { Count: > 2 })
            throw new MoodLearningException($"{Term.Hidden} {NetworkChoice.HiddenText(hidden)} has {hidden.Count} sizes; "
                + $"the crnn has two: its states and its embedding.");
        return options switch
        {
            MlpOptions mlp => mlp with { HiddenSizes = hidden ?? mlp.HiddenSizes, Dropout = chosen.Dropout ?? mlp.Dropout },
            CnnOptions cnn => cnn with { Channels = hidden ?? cnn.Channels, Dropout = chosen.Dropout ?? cnn.Dropout },
            RecurrentOptions recurrent => recurrent with
            {
                Layers = chosen.Layers ?? recurrent.Layers,
                Dropout = chosen.Dropout ?? recurrent.Dropout,
                HiddenSize = hidden?[0] ?? recurrent.HiddenSize,
                LinearSizes = hidden is { Count: > 1 } ? [.. hidden.Skip(1)] : recurrent.LinearSizes,
            },
            CrnnOptions crnn => crnn with
            {
                HiddenSize = hidden?[0] ?? crnn.HiddenSize,
                EmbeddingSize = hidden is { Count: 2 } ? hidden[1] : crnn.EmbeddingSize,
                Dropout = chosen.Dropout ?? crnn.Dropout,
            },
            AttentionOptions attention => attention with
            {
                Channels = hidden ?? attention.Channels,
                Blocks = chosen.Layers ?? attention.Blocks,
                Dropout = chosen.Dropout ?? attention.Dropout,
            },
            _ => options,
        };
    }

    private static string Others(bool sequence) =>
        string.Join(", ", Enum.GetValues<NetworkKind>().Where(kind => kind.IsSequence() == sequence).Select(kind => kind.Name()));
}
