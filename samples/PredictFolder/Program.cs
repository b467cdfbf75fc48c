// The moods of all songs in a folder, several at once, as CSV: one line a song, in order, as soon as it is known.
//     dotnet run --project samples/PredictFolder -- samples/audio
using SongMood.Audio;
using SongMood.Prediction;
using SongMood.Reports;

if (args is not [var path] || !Directory.Exists(path))
{
    Console.Error.WriteLine("usage: PredictFolder FOLDER");
    return 2;
}
var folder = AudioFolder.Open(path); // songs in folders below it, too
Console.Error.WriteLine($"{folder.Files.Count} songs; files of other kinds: {folder.PassedOver.Values.Sum()}");

using var predictor = MoodPredictor.LoadPretrained();
using var writer = PredictionWriter.Csv(Console.Out, predictor.Moods); // or PredictionWriter.Json
var unreadable = 0;
await foreach (var song in predictor.PredictManyAsync(folder.Files))
{
    writer.Write(song);
    if (song.Error is not null)
        unreadable++; // one song that cannot be read does not stop the others: its line says why
}
return unreadable == 0 ? 0 : 1;
