using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>The options of the network that is asked for.</summary>
internal static class NetworkRecipe
{
    /// <summary>
    /// The paper's clips of 30 s have 1232 frames, it says. Songs differ in length, and recurrence learns from equal ones.
    /// </summary>
    private const int PaperFrames = 1232;

    /// <summary>How many songs the linear model's penalty is meant for, or more.</summary>
    private const int LinearSongs = 480;

    /// <summary>The networks' names, as a report has them.</summary>
    public static string Describe(MoodLearningOptions settings) =>
        string.Join(" + ", Members(settings).Select(member => KindOf(member).Name()));

    /// <summary>Whether one of the networks hears one frame after the other.</summary>
    public static bool HearsFrames(MoodLearningOptions settings) => Members(settings).Any(member => KindOf(member).IsSequence());

    /// <summary>The column and the options of each network that is trained.</summary>
    /// <param name="settings">Valid ones (<see cref="MoodLearningOptions.Validate"/>).</param>
    /// <param name="songCount">How many songs there are to learn from; null for as many as the defaults are meant for.</param>
    public static (string Column, NetworkOptions Options)[] Networks(MoodLearningOptions settings, int? songCount = null) =>
        [.. Members(settings).Select(member => (
            settings.Inputs == SongInput.Both && member.Inputs == SongInput.Mel ? LearningRecipe.MelColumn : LearningRecipe.FeatureColumn,
            ForSongs(OptionsOf(member), member, songCount ?? LinearSongs)))];

    /// <summary>The settings of each network alone: two where there are two inputs.</summary>
    public static MoodLearningOptions[] Members(MoodLearningOptions settings) => settings.Inputs != SongInput.Both ? [settings] :
    [
        settings with { Inputs = SongInput.Descriptors, Network = NetworkChoice.Default },
        settings with { Inputs = SongInput.Mel, Network = NetworkChoice.Default with { CropFrames = settings.Network.CropFrames } },
    ];

    public static NetworkKind KindOf(MoodLearningOptions member) => member.Network.Kind ?? member.Inputs switch
    {
        SongInput.Mel => NetworkKind.Crnn,
        // Hidden layers, and what is dropped of them, are a perceptron's.
        SongInput.Embedding when member.Network is { Hidden.Count: 0, Dropout: null } => NetworkKind.Linear,
        _ => NetworkKind.Mlp,
    };

    /// <summary>The options of one network; what was chosen that it does not have is left out.</summary>
    public static NetworkOptions OptionsOf(MoodLearningOptions member)
    {
        var options = Choose(ForInput(member.Inputs, Defaults(KindOf(member))), member.Network);
        return options with
        {
            WeightDecay = member.Network.WeightDecay ?? options.WeightDecay,
            Epochs = member.Epochs ?? options.Epochs,
            BatchSize = member.BatchSize ?? options.BatchSize,
            LearningRate = member.LearningRate ?? options.LearningRate,
            Seed = member.Seed,
            ValidationFraction = member.ValidationFraction,
            ValidationGroupColumnName = member.ValidationFraction > 0 ? FeatureTable.GroupColumn : null,
            EarlyStoppingPatience = member.EarlyStoppingPatience,
            Device = member.Device,
        };
    }

    /// <summary>
    /// The penalty of logistic regression weighs against the sum of the losses (scikit-learn's C, ML.NET's L2Regularization), an
    /// optimiser's against their mean: with fewer songs it grows as the sum shrinks.
    /// </summary>
    private static NetworkOptions ForSongs(NetworkOptions options, MoodLearningOptions member, int songCount) =>
        options is MlpOptions { Form: MlpForm.Linear } && member.Network.WeightDecay is null && songCount < LinearSongs
            ? options with { WeightDecay = options.WeightDecay * LinearSongs / songCount } : options;

    private static NetworkOptions Defaults(NetworkKind kind) => kind switch
    {
        NetworkKind.Mlp => new MlpOptions(),
        NetworkKind.HardtanhMlp => new MlpOptions { Form = MlpForm.Hardtanh },
        NetworkKind.Linear => Linear,
        NetworkKind.Cnn => new CnnOptions(),
        NetworkKind.Rnn => new RnnOptions { CropFrames = PaperFrames },
        NetworkKind.Lstm => new LstmOptions { CropFrames = PaperFrames },
        NetworkKind.Gru => new GruOptions { CropFrames = PaperFrames },
        NetworkKind.Crnn => new CrnnOptions(),
        NetworkKind.Attention => new AttentionOptions(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is no kind of network."),
    };

    /// <summary>The paper trained for eleven numbers; what a kind of input asks for beyond that.</summary>
    private static NetworkOptions ForInput(SongInput input, NetworkOptions options) => (input, options) switch
    {
        (_, MlpOptions { Form: MlpForm.Linear }) => options,
        (SongInput.Descriptors or SongInput.Embedding, MlpOptions mlp) =>
            ForManyNumbers(mlp with { HiddenSizes = [256, 64], Dropout = 0.5 }),
        (SongInput.Descriptors or SongInput.Embedding, _) => ForManyNumbers(options),
        (SongInput.Columns, MlpOptions mlp) => ForColumns(mlp with { HiddenSizes = [128, 64], Dropout = 0.3, Epochs = 60 }),
        (SongInput.Columns, CnnOptions cnn) => ForColumns(cnn with { Dropout = 0.3, Epochs = 40 }),
        _ => options,
    };

    /// <summary>
    /// What a thousand songs with a dozen numbers bear: decayed weights, a falling rate. Chosen on other seeds than it is reported on
    /// (docs/training.md).
    /// </summary>
    private static NetworkOptions ForColumns(NetworkOptions options) => options with
    {
        LearningRate = 3e-3,
        BatchSize = 64,
        Schedule = LearningRateSchedule.Cosine(),
        Optimizer = OptimizerKind.AdamW,
        WeightDecay = 1e-2,
        ClassWeights = ClassWeighting.None,
    };

    /// <summary>
    /// Logistic regression on what <c>ConcatenateBlocks</c> scaled, by steps small enough to end where its loss is least. Its probabilities
    /// need no temperature with this penalty (as scikit-learn's C = 7 on 480 songs); with twice as much they are too modest.
    /// </summary>
    private static MlpOptions Linear => new()
    {
        Form = MlpForm.Linear,
        StandardizeInputs = false,
        Epochs = 100,
        BatchSize = 64,
        LearningRate = 3e-2,
        WeightDecay = 3e-4,
        Schedule = LearningRateSchedule.Cosine(),
    };

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

    private static NetworkOptions Choose(NetworkOptions options, NetworkChoice chosen)
    {
        var hidden = chosen.Hidden.Count > 0 ? chosen.Hidden : null;
        if (options is SequenceOptions sequence)
            options = sequence with { CropFrames = chosen.CropFrames ?? sequence.CropFrames };
        return options switch
        {
            MlpOptions { Form: MlpForm.Linear } => options,
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
}
