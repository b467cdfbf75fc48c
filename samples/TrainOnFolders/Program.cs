// Moods of your own, from songs that are sorted into a folder for each mood.
//     dotnet run --project samples/TrainOnFolders -- music moods.zip
// "music" has folders such as music/happy and music/sad. Folders within them are artists: their songs stay on one side of every split.
using SongMood.Learning;
using SongMood.Prediction;

if (args is not [var music, var modelPath])
{
    Console.Error.WriteLine("usage: TrainOnFolders FOLDER MODEL.zip");
    return 2;
}
var songs = LabelledSongs.FromFolders(music);
foreach (var remark in songs.Remarks) // moods made one, rows left out, files passed over
    Console.Error.WriteLine(remark);
Console.WriteLine($"{songs.Songs.Count} songs of the moods {string.Join(", ", songs.Moods)}");

// By default, from the embedding that comes with SongMood, by a linear model.
var learning = new MoodLearning(songs, new MoodLearningOptions { Seed = 1 });
var judged = await learning.CrossValidateAsync(folds: 2); // 5 with more songs
Console.WriteLine($"{judged.What}: accuracy {judged.Metrics.Accuracy:P0} "
    + $"({judged.Intervals.Accuracy.Lower:P0} to {judged.Intervals.Accuracy.Upper:P0})");

using (var model = await learning.FitAsync())
    model.Save(modelPath);
using var predictor = MoodPredictor.Load(modelPath);
var song = songs.Songs[0];
Console.WriteLine($"{Path.GetFileName(song.AudioPath)} is {predictor.Predict(song.AudioPath!).Mood} (people say {song.Mood})");
return 0;
