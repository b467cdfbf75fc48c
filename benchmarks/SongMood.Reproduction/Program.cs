using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;
using SongMood;
using SongMood.Learning;
using SongMood.Reproduction;

// The paper's table of results once more, on the data at hand: every row of it, and ours.
//   dotnet run -c Release --project benchmarks/SongMood.Reproduction -- all|quick|paper [--data ../shared/data]
//     [--out artifacts/reproduction] [--seed 1] [--rows mlp,lstm]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Parse(args, Console.Error) is not { } run)
    return 2;
var clipLabels = Path.Combine(run.Data, "4q", "labels.csv");
var tabularCsv = Path.Combine(run.Data, "tabular", "spotify_moods.csv");
foreach (var file in new[] { clipLabels, tabularCsv })
    if (!File.Exists(file))
    {
        Console.Error.WriteLine($"There is no {file}. Name the folder that holds 4q/labels.csv and tabular/spotify_moods.csv with --data.");
        return 1;
    }
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true; // the epoch at hand ends, and its checkpoint is written
    stop.Cancel();
};

try
{
    var tables = await Display.RunAsync(async display =>
    {
        var heard = new ImmediateProgress<LearningProgress>(now => display.Note($"listened to {now.StepsDone} of {now.StepCount} clips"));
        var clips = await ClipSet.ListenAsync(new MLContext(run.Seed), clipLabels, heard, stop.Token);
        var tabular = SongSet.ReadNumbers(tabularCsv);
        var (clipSplits, tabularSplits) = (run.ClipSplits(clips), run.TabularSplits(tabular));
        display.StepCount = clipSplits.Count * run.ClipRows.Count + tabularSplits.Count * run.TabularRows.Count;
        return (Clips: Results(clips, clipSplits, run.ClipRows, clipLabels, display),
            Tabular: Results(tabular, tabularSplits, run.TabularRows, tabularCsv, display));
    });
    if (run.RowKeys is not null)
    {
        foreach (var (row, result) in tables.Clips.Rows.Concat(tables.Tabular.Rows))
            Console.WriteLine($"{row.Name} ({row.Input}): {result.Metrics.Accuracy:P1}");
        return 0;
    }
    var page = ResultsPage.Write(run, tables.Clips, tables.Tabular);
    Console.WriteLine(File.ReadAllText(page));
    Console.Error.WriteLine($"The tables and charts are in {run.Folder}.");
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"Stopped. What is finished is in {run.Folder}; the same command goes on from there.");
    return 130;
}

ResultTable Results(SongSet set, IReadOnlyList<Split> splits, IReadOnlyList<ResultRow> rows, string file, Display display)
{
    var fingerprint = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..16];
    var experiment = new Experiment(run.Folder, set, splits, fingerprint, run.Seed);
    return ResultTable.Fill(experiment, rows, display, stop.Token);
}
