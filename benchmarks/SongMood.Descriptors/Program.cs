using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using SongMood.Descriptors;
using SongMood.Dsp.Descriptors;
using SongMood.Evaluation;
using SongMood.Learning;

// What the music descriptors are worth: artist-grouped cross-validation of several trainers on the preset, on each group alone and on
// all of them, as the table of docs/descriptors.md.
//   dotnet run -c Release --project benchmarks/SongMood.Descriptors -- DATA/labels.csv [seeds] [trainers] [sets] [feature file]
// And our networks on the numeric columns of a label file beside ML.NET's own trainers, as the table of docs/tabular.md:
//   dotnet run -c Release --project benchmarks/SongMood.Descriptors -- tabular DATA/spotify_moods.csv length,energy,... [folds] [seeds]
// And embeddings, those of public networks and our own, alone and beside the descriptors, as the tables of docs/embeddings.md:
//   dotnet run -c Release --project benchmarks/SongMood.Descriptors -- embeddings DATA [seeds] [folder of feature files]
// And what a few songs teach, as the table of docs/your-music.md:
//   dotnet run -c Release --project benchmarks/SongMood.Descriptors -- few DATA/labels.csv [draws] [folder of feature files]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["tabular", var csv, var columns, ..])
{
    var numbers = LabelledSongs.Read(csv, new LabelledSongsOptions { RequireAudio = false, FeatureColumns = columns.Split(',') })
        .WithoutRepeats().Songs;
    TabularComparison.Print(numbers, args.Length > 3 ? int.Parse(args[3]) : 10, args.Length > 4 ? int.Parse(args[4]) : 3);
    return 0;
}
if (args is ["embeddings", var data, ..])
{
    await EmbeddingComparison.PrintAsync(data, args.Length > 2 ? int.Parse(args[2]) : 3, args.Length > 3 ? args[3] : null);
    return 0;
}
if (args is ["few", var labels, ..])
{
    await FewSongs.PrintAsync(labels, args.Length > 2 ? int.Parse(args[2]) : 20, args.Length > 3 ? args[3] : null);
    return 0;
}
if (args.Length == 0)
{
    Console.Error.WriteLine(
        "usage: SongMood.Descriptors DATA/labels.csv [seeds = 3] [trainers = all, comma-separated] [sets = all] [feature file]\n"
        + "       SongMood.Descriptors tabular LABELS.csv COLUMN,COLUMN,... [folds = 10] [seeds = 3]\n"
        + "       SongMood.Descriptors embeddings DATA [seeds = 3] [folder of feature files]\n"
        + "       SongMood.Descriptors few DATA/labels.csv [draws = 20] [folder of feature files]");
    return 2;
}
const int foldCount = 10;
var seedCount = args.Length > 1 ? int.Parse(args[1]) : 3;
var songs = LabelledSongs.Read(args[0]);
var table = await Extraction.RunAsync(songs, args.Length > 4 ? args[4] : null);
var trainers = TableTrainers.All.Where(trainer => args.Length < 3 || args[2] == "all" || args[2].Split(',').Contains(trainer.Name))
    .ToArray();
var sets = Enum.GetValues<DescriptorGroups>().Where(group => group != DescriptorGroups.None)
    .OrderBy(group => group == DescriptorGroups.All)
    .Select(group => (Name: $"{group}", Descriptors: MusicDescriptorExtractor.NamesOf(group)))
    .Prepend((Name: "Eleven", Descriptors: MusicDescriptorExtractor.NamesOf(DescriptorGroups.None, MusicDescriptorExtractor.Eleven)))
    .Where(set => args.Length < 4 || args[3] == "all" || args[3].Split(',').Contains(set.Name)).ToArray();

Console.WriteLine(
    $"{songs.Songs.Count} songs, {SplitCheck.Of(songs.Songs, new int[songs.Songs.Count]).GroupCount} artists, "
    + $"{foldCount} folds x {seedCount} seeds, no artist on both sides");
Console.WriteLine($"| descriptors | values | {string.Join(" | ", trainers.Select(trainer => trainer.Name))} | mean of all |");
Console.WriteLine($"|---|---:|{string.Concat(Enumerable.Repeat("---:|", trainers.Length + 1))}");
foreach (var set in sets)
{
    var watch = Stopwatch.StartNew();
    var features = table.Choose(set.Descriptors);
    var accuracies = new double[trainers.Length + 1][];
    for (var i = 0; i < accuracies.Length; i++)
        accuracies[i] = new double[seedCount];
    for (var seed = 0; seed < seedCount; seed++)
    {
        var sums = Enumerable.Range(0, songs.Songs.Count).Select(_ => new float[songs.Moods.Count]).ToArray();
        for (var i = 0; i < trainers.Length; i++)
        {
            var predictions = TableTrainers.CrossValidate(trainers[i], features, foldCount, seed + 1);
            accuracies[i][seed] = MoodMetrics.Compute(predictions).Accuracy;
            for (var row = 0; row < sums.Length; row++)
                for (var c = 0; c < sums[row].Length; c++)
                    sums[row][c] += predictions.Probabilities[row][c] / trainers.Length;
        }
        accuracies[^1][seed] = MoodMetrics.Compute(new Predictions(songs.Moods, songs.MoodIndices, sums)).Accuracy;
    }
    Console.WriteLine($"| {set.Name} | {features.SlotNames.Count} | "
        + $"{string.Join(" | ", accuracies.Select(a => $"{100 * a.Average():F1}"))} |");
    Console.Error.WriteLine($"{set.Name}: {watch.Elapsed.TotalSeconds:F0} s; seeds "
        + $"{string.Join("; ", accuracies.Select(a => string.Join(' ', a.Select(x => $"{100 * x:F1}"))))}");
}
return 0;
