// All that the predictor tells, call by call (docs/predictor.md).
//     dotnet run --project samples/PredictInDepth -- samples/audio
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Similarity;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: PredictInDepth FOLDER");
    return 2;
}
var songs = AudioFolder.Open(folder).Files;
var song = songs[0];

using var predictor = MoodPredictor.LoadPretrained(new MoodPredictorOptions { WithFeatures = true });
MoodPrediction prediction = predictor.Predict(song);
Console.WriteLine($"mood: {prediction}");
Console.WriteLine($"plane: valence {prediction.Valence:+0.00;-0.00}, arousal {prediction.Arousal:+0.00;-0.00}");
Console.WriteLine($"unsure: {prediction.IsUnsure?.ToString() ?? "the model does not say"}");
Console.WriteLine($"heard: {prediction.Duration.TotalSeconds:0.0} s");
Console.WriteLine($"features: {prediction.Features}");
Console.WriteLine($"embedding: {prediction.Embedding.Count} numbers");

Console.WriteLine($"bytes: {predictor.Predict(File.ReadAllBytes(song)).Mood}");
using (var stream = File.OpenRead(song))
    Console.WriteLine($"stream: {(await predictor.PredictAsync(stream)).Mood}");
Console.WriteLine($"samples: {predictor.Predict(AudioFile.Read(song)).Mood}");

MoodTimeline timeline = predictor.PredictTimeline(song);
Console.WriteLine($"windows: {timeline.Windows.Count}, the first {timeline.Windows[0]}");
Console.WriteLine($"sections: {string.Join(", ", timeline.Sections)}");

Console.WriteLine($"why: {predictor.Explain(song)}");

var index = new SongIndex(predictor);
await foreach (SongResult result in predictor.PredictManyAsync(songs))
    if (result.Prediction is not null)
        index.Add(result.Song.Name, result.Prediction);
    else
        Console.Error.WriteLine($"{result.Song}: {result.Error!.Message}");
Console.WriteLine($"index: {index.Songs.Count} songs");
foreach (SimilarSong similar in index.Nearest(prediction, new SimilarityOptions { Count = 2, Except = song }))
    Console.WriteLine($"similar: {similar.Similarity:0.000} {Path.GetFileName(similar.Song.Name)}");
return 0;
