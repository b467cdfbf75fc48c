using SongMood.Trainers;

namespace SongMood.Reproduction;

/// <summary>The rows of the tables: the paper's first, in its order, then ours.</summary>
internal static class Rows
{
    private const string ElevenWords = "11 descriptors";
    private const string AllWords = "all descriptors";
    private const string MelWords = "mel";

    public static readonly NetworkRow Mlp = new("mlp", "MLP", ElevenWords, PaperFigures.Mlp, ClipSet.Eleven, Settings.Mlp);
    public static readonly NetworkRow MlpSecondForm =
        new("mlp-hardtanh", "MLP, second form", ElevenWords, PaperFigures.Mlp, ClipSet.Eleven, Settings.MlpSecondForm);
    public static readonly NetworkRow Cnn = new("cnn", "CNN", ElevenWords, PaperFigures.Cnn, ClipSet.Eleven, Settings.Cnn);
    public static readonly NetworkRow Rnn = new("rnn", "RNN", MelWords, PaperFigures.Rnn, ClipSet.Mel, Settings.Rnn);
    public static readonly NetworkRow Lstm = new("lstm", "LSTM", MelWords, PaperFigures.Lstm, ClipSet.Mel, Settings.Lstm);
    public static readonly NetworkRow MlpOfAll = new("mlp-all", "MLP", AllWords, null, ClipSet.Descriptors, Settings.MlpOfAll);
    public static readonly NetworkRow Crnn = new("crnn", "CRNN", MelWords, null, ClipSet.Mel, Settings.Crnn);

    public static readonly EnsembleRow EnsembleRnn =
        Pair("ensemble-rnn", "Ensemble RNN", PaperFigures.EnsembleRnn, Rnn, EnsembleCombiner.HeadOnOutputs, 1e-3, 64);
    public static readonly EnsembleRow EnsembleLstm =
        Pair("ensemble-lstm", "Ensemble LSTM", PaperFigures.EnsembleLstm, Lstm, EnsembleCombiner.HeadOnOutputs, 1e-2, 128);

    public static readonly EnsembleRow EnsembleRnnEmbeddings = Pair(
        "ensemble-rnn-embeddings", "Ensemble RNN, last layer removed", PaperFigures.EnsembleRnnEmbeddings, Rnn,
        EnsembleCombiner.HeadOnEmbeddings, 1e-2, 128);

    public static readonly EnsembleRow EnsembleLstmEmbeddings = Pair(
        "ensemble-lstm-embeddings", "Ensemble LSTM, last layer removed", PaperFigures.EnsembleLstmEmbeddings, Lstm,
        EnsembleCombiner.HeadOnEmbeddings, 1e-2, 128);

    public static readonly IReadOnlyList<ResultRow> Paper =
        [Mlp, MlpSecondForm, Cnn, Rnn, Lstm, EnsembleRnn, EnsembleLstm, EnsembleRnnEmbeddings, EnsembleLstmEmbeddings];

    public static readonly IReadOnlyList<ResultRow> Ours =
    [
        MlpOfAll,
        Crnn,
        new BaggingRow("bagging", "MLP, bagged ten times", AllWords, null, MlpOfAll, () => new BaggingOptions()),
        All("lstm-all-head", "MLP + LSTM, head on outputs", [MlpOfAll, Lstm],
            () => Settings.Head(EnsembleCombiner.HeadOnOutputs, 1e-2, 128)),
        All("lstm-all-average", "MLP + LSTM, average", [MlpOfAll, Lstm], () => Settings.Plain(EnsembleCombiner.Average)),
        All("crnn-all-average", "MLP + CRNN, average", [MlpOfAll, Crnn], () => Settings.Plain(EnsembleCombiner.Average)),
        All("crnn-all-weighted", "MLP + CRNN, weighted average", [MlpOfAll, Crnn], () => Settings.Plain(EnsembleCombiner.WeightedAverage),
            fitOnValidation: true),
        All("crnn-all-head", "MLP + CRNN, head on outputs, fitted on the validation part", [MlpOfAll, Crnn],
            () => Settings.Head(EnsembleCombiner.HeadOnOutputs, 1e-2, 128), fitOnValidation: true),
        All("five-average", "MLP + CNN + RNN + LSTM + CRNN, average", [MlpOfAll, Cnn, Rnn, Lstm, Crnn],
            () => Settings.Plain(EnsembleCombiner.Average)),
        All("five-vote", "the same, vote", [MlpOfAll, Cnn, Rnn, Lstm, Crnn], () => Settings.Plain(EnsembleCombiner.Vote)),
    ];

    /// <summary>The paper's rows, and ours where there is the time.</summary>
    public static IReadOnlyList<ResultRow> OfClips(bool isQuick) => isQuick ? Paper : [.. Paper, .. Ours];

    /// <summary>The paper's tabular networks on a web API's features.</summary>
    public static readonly IReadOnlyList<ResultRow> Tabular =
    [
        new NetworkRow("mlp", "MLP", "11 features", PaperFigures.Mlp, SongSet.Numbers, Settings.Mlp),
        new NetworkRow("mlp-hardtanh", "MLP, second form", "11 features", PaperFigures.Mlp, SongSet.Numbers, Settings.MlpSecondForm),
        new NetworkRow("cnn", "CNN", "11 features", PaperFigures.Cnn, SongSet.Numbers, Settings.Cnn),
    ];

    private static EnsembleRow Pair(string key, string name, double paper, NetworkRow audio, EnsembleCombiner combiner, double learningRate,
        int batchSize) =>
        new(key, name, $"{ElevenWords} + {MelWords}", paper, [Mlp, audio], () => Settings.Head(combiner, learningRate, batchSize));

    private static EnsembleRow All(string key, string name, NetworkRow[] members, Func<EnsembleOptions> options,
        bool fitOnValidation = false) =>
        new(key, name, $"{AllWords} + {MelWords}", null, members, options, fitOnValidation);
}
