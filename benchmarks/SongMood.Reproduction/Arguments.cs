namespace SongMood.Reproduction;

/// <summary>What the command line asks for.</summary>
/// <param name="Mode">How much is run, and how.</param>
/// <param name="Data">The folder of the data.</param>
/// <param name="Folder">Where results are kept.</param>
/// <param name="Seed">The seed of the splits and of all trainings.</param>
/// <param name="RowKeys">Only these rows, to have them in the folder for a later run; null for all, and the tables.</param>
internal sealed record Arguments(RunMode Mode, string Data, string Folder, int Seed, IReadOnlyList<string>? RowKeys)
{
    public const string Usage =
        "usage: SongMood.Reproduction all|quick|paper [--data ../shared/data] [--out artifacts/reproduction] [--seed 1] [--rows mlp,lstm]";

    private const int ClipFolds = 5;
    private const int TabularFolds = 10;

    /// <summary>The paper's rows, by the settings that are asked for.</summary>
    public PaperRows PaperRows => Mode == RunMode.Paper ? Rows.ToTheLetter : Rows.Swept;

    /// <summary>The rows on clips that are wanted.</summary>
    public IReadOnlyList<ResultRow> ClipRows => Wanted(Mode == RunMode.All ? [.. PaperRows.OfClips, .. Rows.Ours] : PaperRows.OfClips);

    /// <summary>The rows on a web API's features that are wanted.</summary>
    public IReadOnlyList<ResultRow> TabularRows => Wanted(PaperRows.Tabular);

    public IReadOnlyList<Split> ClipSplits(SongSet clips) => Mode switch
    {
        RunMode.All => Split.Folds(clips, ClipFolds, Seed),
        RunMode.Quick => Split.HoldOut(clips, Seed),
        _ => Split.OfPaper(clips, Seed),
    };

    public IReadOnlyList<Split> TabularSplits(SongSet songs) =>
        Mode == RunMode.Paper ? Split.OfPaper(songs, Seed) : Split.Folds(songs, TabularFolds, Seed);

    /// <summary>Those of these rows that are wanted.</summary>
    private IReadOnlyList<ResultRow> Wanted(IReadOnlyList<ResultRow> rows) =>
        RowKeys is null ? rows : [.. rows.Where(row => RowKeys.Contains(row.Key))];

    /// <summary>Null, and the reason on <paramref name="error"/>, where the command line is not understood.</summary>
    public static Arguments? Parse(string[] args, TextWriter error)
    {
        if (args is not [("all" or "quick" or "paper") and var mode, .. var rest])
            return Refuse(args.Length == 0 ? "Name what to run." : $"'{args[0]}' is none of 'all', 'quick' and 'paper'.");
        var (data, folder, seed) = (Path.Combine("..", "shared", "data"), Path.Combine("artifacts", "reproduction"), 1);
        string[]? rowKeys = null;
        for (var i = 0; i < rest.Length; i += 2)
        {
            if (i + 1 == rest.Length)
                return Refuse($"'{rest[i]}' has no value.");
            switch (rest[i])
            {
                case "--data":
                    data = rest[i + 1];
                    break;
                case "--out":
                    folder = rest[i + 1];
                    break;
                case "--rows":
                    rowKeys = rest[i + 1].Split(',');
                    break;
                case "--seed" when int.TryParse(rest[i + 1], out seed):
                    break;
                default:
                    return Refuse($"'{rest[i]} {rest[i + 1]}' is not understood.");
            }
        }
        var run = new Arguments(Enum.Parse<RunMode>(mode, ignoreCase: true), data, Path.Combine(folder, mode), seed, null);
        string[] known = [.. run.ClipRows.Concat(run.TabularRows).Select(row => row.Key).Distinct()];
        return rowKeys?.Except(known).ToArray() is [var unknown, ..]
            ? Refuse($"There is no row '{unknown}'. There are {string.Join(", ", known)}.") : run with { RowKeys = rowKeys };

        Arguments? Refuse(string why)
        {
            error.WriteLine(why);
            error.WriteLine(Usage);
            return null;
        }
    }
}
