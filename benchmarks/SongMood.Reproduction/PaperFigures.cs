namespace SongMood.Reproduction;

/// <summary>What the paper reports (test part of 378 songs, its tables of results and of the best model), as shares.</summary>
internal static class PaperFigures
{
    public const double Mlp = 0.80;
    public const double Cnn = 0.80;

    /// <summary>0.57 in another place of the paper.</summary>
    public const double Rnn = 0.56;

    public const double Lstm = 0.66;
    public const double EnsembleRnn = 0.83;
    public const double EnsembleLstm = 0.85;
    public const double EnsembleRnnEmbeddings = 0.83;
    public const double EnsembleLstmEmbeddings = 0.84;

    /// <summary>The best model's precision, recall and F1 by mood.</summary>
    public static readonly IReadOnlyDictionary<string, (double Precision, double Recall, double F1)> Best =
        new Dictionary<string, (double, double, double)>
        {
            ["calm"] = (1.00, 1.00, 1.00),
            ["energetic"] = (0.75, 0.92, 0.82),
            ["happy"] = (0.75, 0.64, 0.69),
            ["sad"] = (0.86, 0.76, 0.81),
        };
}
