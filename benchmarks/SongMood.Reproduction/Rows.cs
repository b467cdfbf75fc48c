using SongMood.Trainers;

namespace SongMood.Reproduction;

/// <summary>The rows of the tables: the paper's first, by settings that sweeps found or by its own, then ours.</summary>
internal static class Rows
{
    private const string AllWords = "all descriptors";

    /// <summary>The paper's networks, trained as sweeps on other splits found best.</summary>
    public static readonly PaperRows Swept = new(Settings.Mlp, Settings.MlpSecondForm, Settings.Cnn, Settings.Rnn, Settings.Lstm);

    /// <summary>The paper's networks, trained as it says.</summary>
    public static readonly PaperRows ToTheLetter =
        new(PaperSettings.Mlp, PaperSettings.MlpSecondForm, PaperSettings.Cnn, PaperSettings.Rnn, PaperSettings.Lstm);

    private static readonly NetworkRow MlpOfAll = new("mlp-all", "MLP", AllWords, null, ClipSet.Descriptors, Settings.MlpOfAll);
    private static readonly NetworkRow Crnn = new("crnn", "CRNN", PaperRows.MelWords, null, ClipSet.Mel, Settings.Crnn);

    public static readonly IReadOnlyList<ResultRow> Ours =
    [
        MlpOfAll,
        Crnn,
        new BaggingRow("bagging", "MLP, bagged ten times", AllWords, null, MlpOfAll, () => new BaggingOptions()),
        All("lstm-all-head", "MLP + LSTM, head on outputs", [MlpOfAll, Swept.Lstm],
            () => Settings.Head(EnsembleCombiner.HeadOnOutputs, 1e-2, 128)),
        All("lstm-all-average", "MLP + LSTM, average", [MlpOfAll, Swept.Lstm], () => Settings.Plain(EnsembleCombiner.Average)),
        All("crnn-all-average", "MLP + CRNN, average", [MlpOfAll, Crnn], () => Settings.Plain(EnsembleCombiner.Average)),
        All("crnn-all-weighted", "MLP + CRNN, weighted average", [MlpOfAll, Crnn], () => Settings.Plain(EnsembleCombiner.WeightedAverage),
            fitOnValidation: true),
        All("crnn-all-head", "MLP + CRNN, head on outputs, fitted on the validation part", [MlpOfAll, Crnn],
            () => Settings.Head(EnsembleCombiner.HeadOnOutputs, 1e-2, 128), fitOnValidation: true),
        All("five-average", "MLP + CNN + RNN + LSTM + CRNN, average", [MlpOfAll, Swept.Cnn, Swept.Rnn, Swept.Lstm, Crnn],
            () => Settings.Plain(EnsembleCombiner.Average)),
        All("five-vote", "the same, vote", [MlpOfAll, Swept.Cnn, Swept.Rnn, Swept.Lstm, Crnn],
            () => Settings.Plain(EnsembleCombiner.Vote)),
    ];

    private static EnsembleRow All(string key, string name, NetworkRow[] members, Func<EnsembleOptions> options,
        bool fitOnValidation = false) =>
        new(key, name, $"{AllWords} + {PaperRows.MelWords}", null, members, options, fitOnValidation);
}
