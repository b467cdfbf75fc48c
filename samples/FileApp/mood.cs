// The mood of a song by a program of one file, without a project:
//     dotnet run samples/FileApp/mood.cs -- samples/audio/happy-1.mp3
// Outside this repository the next line is "#:package SongMood@0.1.0".
#:project ../../src/SongMood/SongMood.csproj

using SongMood.Prediction;

if (args is not [var song])
{
    Console.Error.WriteLine("usage: mood SONG");
    return 2;
}
using var predictor = MoodPredictor.LoadPretrained();
Console.WriteLine(predictor.Predict(song));
return 0;
