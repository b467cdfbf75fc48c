// What the tool can do, in a program: from songs by mood to a model that is measured, and the best of several ways to train.
//     dotnet run --project samples/LearnMoods -- music out
// "music" has a folder for each mood; a label file (samples/audio/labels.csv) will do, too. Eight clips teach nothing that holds for other
// songs.
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Reports;

if (args is not [var music, var folder])
{
    Console.Error.WriteLine("usage: LearnMoods music|labels.csv out");
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true; // the step at hand ends
    stop.Cancel();
};
var progress =
    new Progress<LearningProgress>(now => Console.Error.WriteLine($"{now.Activity}: {now.StepsDone} of {now.StepCount} {now.Note}"));

// The songs: their paths, moods, and the artists whose songs must not be on both sides of a split.
var songs = Directory.Exists(music) ? LabelledSongs.FromFolders(music) : LabelledSongs.Read(music);
Console.WriteLine($"{songs.Songs.Count} songs of the moods {string.Join(", ", songs.Moods)}");

// Their features, once, in a file: a run that was stopped goes on where it was.
Directory.CreateDirectory(folder);
var options = new MoodLearningOptions { Epochs = 10, BatchSize = 4, Seed = 1 };
var features = Path.Combine(folder, "features.idv");
foreach (var unreadable in await new FeatureExtraction(songs, features, options).RunAsync(progress: progress, cancellation: stop.Token))
    Console.Error.WriteLine(unreadable.Message);
var learning = new MoodLearning(songs, options with { FeatureFile = features });

// What it is worth on songs that the models have not heard.
var judged = await learning.CrossValidateAsync(folds: 2, progress, stop.Token);
Console.WriteLine($"{judged.What}: accuracy {judged.Metrics.Accuracy:P1} "
    + $"({judged.Intervals.Accuracy.Lower:P1} to {judged.Intervals.Accuracy.Upper:P1})");
Console.WriteLine(string.Join(Environment.NewLine, judged.CheckText.Concat(judged.Notes)));
using (var json = File.Create(Path.Combine(folder, "judged.json")))
    judged.WriteJson(json);
using (var page = File.Create(Path.Combine(folder, "judged.html"))) // the same with charts
    judged.WriteHtml(page);

// The best of several ways to train, here perceptrons. With MoodSweepOptions.Workers they would be trained beside each other.
var sweep = new MoodSweep(learning, [SweepAxis.LearningRates(1e-3, 1e-2), SweepAxis.Hidden([32], [64, 16])],
    new MoodSweepOptions { Folds = 2, JournalPath = Path.Combine(folder, "sweep.jsonl") });
var table = await sweep.RunAsync(progress, stop.Token);
table.Save(Path.Combine(folder, "sweep.csv"));
foreach (var row in table.Rows)
    Console.WriteLine($"{string.Join(", ", table.Names.Zip(row.Values, (name, value) => $"{name} {value}"))}: "
        + $"{row.Result.Error ?? $"{row.Result.Accuracy:P1}"}");

// A model of all songs, trained the best way.
var modelPath = Path.Combine(folder, "moods.zip");
using (var model = await learning.With(table.Best?.Options ?? learning.Options).FitAsync(progress, stop.Token))
    model.Save(modelPath);
using var predictor = MoodPredictor.Load(modelPath);
var song = songs.Songs[0];
Console.WriteLine($"{Path.GetFileName(song.AudioPath)} is {predictor.Predict(song.AudioPath!).Mood} (people say {song.Mood})");

// A finished model on labelled songs; that it knows them is found out.
var known = await ModelEvaluation.Open(modelPath)
    .RunAsync(songs, new ModelEvaluationOptions { TrainedOn = songs, FeatureFile = features }, progress, stop.Token);
Console.WriteLine($"{known.What}: accuracy {known.Metrics.Accuracy:P1}; {string.Join("; ", known.CheckText)}");
return 0;
