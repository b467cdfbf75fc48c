// The moods of all songs in a folder, several at once, as CSV: one line a song, in order, as soon as it is known.
//     dotnet run --project samples/PredictFolder -- samples/audio
using System.Globalization;
using SongMood.Audio;
using SongMood.Prediction;

if (args is not [var path] || !Directory.Exists(path))
{
    Console.Error.WriteLine("usage: PredictFolder FOLDER");
    return 2;
}
var folder = AudioFolder.Open(path); // songs in folders below it, too
Console.Error.WriteLine($"{folder.Files.Count} songs; files of other kinds: {folder.PassedOver.Values.Sum()}");

using var predictor = MoodPredictor.LoadPretrained();
Console.WriteLine($"path,mood,{string.Join(',', predictor.Moods)}");
var unreadable = 0;
await foreach (var song in predictor.PredictManyAsync(folder.Files))
    if (song.Prediction is { } prediction)
    {
        var scores = predictor.Moods.Select(mood => prediction.Scores[mood].ToString("0.000", CultureInfo.InvariantCulture));
        Console.WriteLine($"\"{song.Song}\",{prediction.Mood},{string.Join(',', scores)}");
    }
    else
    {
        Console.Error.WriteLine(song.Error!.Message); // one song that cannot be read does not stop the others
        unreadable++;
    }
return unreadable == 0 ? 0 : 1;
