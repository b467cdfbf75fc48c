namespace SongMood.Reproduction;

/// <summary>What the command line asks for.</summary>
/// <param name="IsQuick">One split rather than folds, and the paper's rows alone.</param>
/// <param name="Data">The folder of the data.</param>
/// <param name="Folder">Where results are kept.</param>
/// <param name="Seed">The seed of the splits and of all trainings.</param>
/// <param name="RowKeys">Only these rows, to have them in the folder for a later run; null for all, and the tables.</param>
internal sealed record Arguments(bool IsQuick, string Data, string Folder, int Seed, IReadOnlyList<string>? RowKeys)
{
    public const string Usage =
        "usage: SongMood.Reproduction all|quick [--data ../shared/data] [--out artifacts/reproduction] [--seed 1] [--rows mlp,lstm]";

    /// <summary>Those of these rows that are wanted.</summary>
    public IReadOnlyList<ResultRow> Wanted(IReadOnlyList<ResultRow> rows) =>
        RowKeys is null ? rows : [.. rows.Where(row => RowKeys.Contains(row.Key))];

    /// <summary>Null, and the reason on <paramref name="error"/>, where the command line is not understood.</summary>
    public static Arguments? Parse(string[] args, TextWriter error)
    {
        if (args is not [("all" or "quick") and var mode, .. var rest])
            return Refuse(args.Length == 0 ? "Name what to run." : $"'{args[0]}' is neither 'all' nor 'quick'.");
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
                    if (rowKeys.Except(Rows.OfClips(mode == "quick").Concat(Rows.Tabular).Select(row => row.Key))
                        .ToArray() is [var unknown, ..])
                        return Refuse($"There is no row '{unknown}'. There are "
                            + $"{string.Join(", ", Rows.OfClips(mode == "quick").Select(row => row.Key))}.");
                    break;
                case "--seed" when int.TryParse(rest[i + 1], out seed):
                    break;
                default:
                    return Refuse($"'{rest[i]} {rest[i + 1]}' is not understood.");
            }
        }
        return new Arguments(mode == "quick", data, Path.Combine(folder, mode), seed, rowKeys);

        Arguments? Refuse(string why)
        {
            error.WriteLine(why);
            error.WriteLine(Usage);
            return null;
        }
    }
}
