// Songs that sound alike: listens to a folder once, keeps what it heard in a file, and answers from there.
//     dotnet run --project samples/Similar -- samples/audio samples/audio/calm-1.mp3 music.index
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Similarity;

if (args is not [var folder, var song, var indexPath])
{
    Console.Error.WriteLine("usage: Similar FOLDER SONG INDEX");
    return 2;
}
using var predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true }); // for the tempo
SongIndex index;
if (File.Exists(indexPath))
    index = SongIndex.Load(indexPath);
else
{
    index = new SongIndex(predictor);
    await foreach (var heard in predictor.PredictManyAsync(AudioFolder.Open(folder).Files))
        if (heard.Prediction is { } prediction)
            index.Add(heard.Song.Name, prediction);
        else
            Console.Error.WriteLine(heard.Error!.Message);
    index.Save(indexPath);
}
Console.WriteLine($"{index.Songs.Count} songs in {indexPath}");

var asked = predictor.Predict(song);
foreach (var similar in index.Nearest(asked, new SimilarityOptions { Count = 3, Except = song }))
    Console.WriteLine($"{similar.Similarity:0.000} {Path.GetFileName(similar.Song.Name)}");

Console.WriteLine($"the same, but {asked.Mood} and with 60 to 140 beats a minute:");
var filter = new SimilarityOptions { Count = 3, Except = song, Mood = asked.Mood, MinimumTempoBpm = 60, MaximumTempoBpm = 140 };
foreach (var similar in index.Nearest(asked, filter))
    Console.WriteLine($"{similar.Similarity:0.000} {Path.GetFileName(similar.Song.Name)}");
return 0;
