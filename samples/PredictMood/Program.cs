// The mood of one song, by the model that comes with SongMood.
//     dotnet run --project samples/PredictMood -- samples/audio/happy-1.mp3
using SongMood.Prediction;

if (args is not [var song])
{
    Console.Error.WriteLine("usage: PredictMood SONG");
    return 2;
}
using var predictor = MoodPredictor.LoadPretrained();
var prediction = predictor.Predict(song);
Console.WriteLine($"{song} is {prediction.Mood}.");
foreach (var (mood, score) in prediction.Scores)
    Console.WriteLine($"  {mood,-10} {score:P1}");
return 0;
