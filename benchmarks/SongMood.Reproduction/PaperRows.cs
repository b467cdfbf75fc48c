using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>The rows of the paper's table, in its order, by some settings.</summary>
internal sealed class PaperRows
{
    private const string ElevenWords = "11 descriptors";
    public const string MelWords = "mel";

    private readonly NetworkRow[] _tabular;

    public PaperRows(Func<NetworkOptions> mlp, Func<NetworkOptions> mlpSecondForm, Func<NetworkOptions> cnn, Func<NetworkOptions> rnn,
        Func<NetworkOptions> lstm)
    {
        _tabular = Features("11 features", SongSet.Numbers);
        var ofClips = Features(ElevenWords, ClipSet.Eleven);
        (Mlp, Cnn) = (ofClips[0], ofClips[2]);
        Rnn = new NetworkRow("rnn", "RNN", MelWords, PaperFigures.Rnn, ClipSet.Mel, rnn);
        Lstm = new NetworkRow("lstm", "LSTM", MelWords, PaperFigures.Lstm, ClipSet.Mel, lstm);
        EnsembleRnn = Pair("ensemble-rnn", "Ensemble RNN", PaperFigures.EnsembleRnn, Rnn, EnsembleCombiner.HeadOnOutputs, 1e-3, 64);
        EnsembleLstm = Pair("ensemble-lstm", "Ensemble LSTM", PaperFigures.EnsembleLstm, Lstm, EnsembleCombiner.HeadOnOutputs, 1e-2, 128);
        EnsembleLstmEmbeddings = Pair("ensemble-lstm-embeddings", "Ensemble LSTM, last layer removed", PaperFigures.EnsembleLstmEmbeddings,
            Lstm, EnsembleCombiner.HeadOnEmbeddings, 1e-2, 128);
        OfClips =
        [
            .. ofClips, Rnn, Lstm, EnsembleRnn, EnsembleLstm,
            Pair("ensemble-rnn-embeddings", "Ensemble RNN, last layer removed", PaperFigures.EnsembleRnnEmbeddings, Rnn,
                EnsembleCombiner.HeadOnEmbeddings, 1e-2, 128),
            EnsembleLstmEmbeddings,
        ];

        NetworkRow[] Features(string words, string column) =>
        [
            new("mlp", "MLP", words, PaperFigures.Mlp, column, mlp),
            new("mlp-hardtanh", "MLP, second form", words, PaperFigures.Mlp, column, mlpSecondForm),
            new("cnn", "CNN", words, PaperFigures.Cnn, column, cnn),
        ];
    }

    public NetworkRow Mlp { get; }

    public NetworkRow Cnn { get; }

    public NetworkRow Rnn { get; }

    public NetworkRow Lstm { get; }

    public EnsembleRow EnsembleRnn { get; }

    public EnsembleRow EnsembleLstm { get; }

    public EnsembleRow EnsembleLstmEmbeddings { get; }

    /// <summary>All rows, on clips.</summary>
    public IReadOnlyList<ResultRow> OfClips { get; }

    /// <summary>Its tabular networks on a web API's features.</summary>
    public IReadOnlyList<ResultRow> Tabular => _tabular;

    private EnsembleRow Pair(string key, string name, double paper, NetworkRow audio, EnsembleCombiner combiner, double learningRate,
        int batchSize) =>
        new(key, name, $"{ElevenWords} + {MelWords}", paper, [Mlp, audio], () => Settings.Head(combiner, learningRate, batchSize));
}
