// Moods from numbers instead of audio: a table with a mood and a few numbers for each song.
//     dotnet run --project samples/Tabular -- samples/Tabular/songs.csv moods.zip
// The table here was made up by make.py: it shows the way, and tells nothing about music.
using SongMood.Learning;

if (args is not [var table, var modelPath])
{
    Console.Error.WriteLine("usage: Tabular TABLE.csv MODEL.zip");
    return 2;
}
var songs = LabelledSongs.Read(table, new LabelledSongsOptions
{
    RequireAudio = false,
    FeatureColumns = ["energy", "valence", "tempo"],
});
Console.WriteLine($"{songs.Songs.Count} songs of the moods {string.Join(", ", songs.Moods)}");

// Every song is judged by a network that has learnt from other artists.
var learning = new MoodLearning(songs, new MoodLearningOptions { Inputs = SongInput.Columns, Seed = 1 });
var judged = await learning.CrossValidateAsync(folds: 5);
Console.WriteLine($"{judged.What}: accuracy {judged.Metrics.Accuracy:P0}");
foreach (var line in judged.CheckText)
    Console.WriteLine(line);

// The model's file knows the names of its columns, so it finds them in any table.
using (var learnt = await learning.FitAsync())
    learnt.Save(modelPath);
using var model = NumericModel.TryOpen(modelPath)!;
var rows = model.ReadTable(table);
var scores = model.Score(rows.Take(3).Select(row => row.Features));
foreach (var (row, probabilities) in rows.Zip(scores))
    Console.WriteLine($"line {row.Line}: {model.Moods[Array.IndexOf(probabilities, probabilities.Max())]} {probabilities.Max():P0}");
return 0;
