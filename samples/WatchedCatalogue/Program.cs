// The moods of all songs in a folder, watched by OpenTelemetry: how many, how much audio, where the time goes, and an activity for each.
//     dotnet run --project samples/WatchedCatalogue -- samples/audio
// Another exporter in place of the console's (OTLP, Prometheus) sends the same to a collector.
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SongMood.Audio;
using SongMood.Prediction;

if (args is not [var folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("usage: WatchedCatalogue FOLDER");
    return 2;
}
using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter("SongMood").AddConsoleExporter().Build(); // written when it is disposed of
using var traces = Sdk.CreateTracerProviderBuilder().AddSource("SongMood").AddConsoleExporter().Build();
using var predictor = MoodPredictor.LoadPretrained();
await foreach (var song in predictor.PredictManyAsync(AudioFolder.EnumerateFiles(folder)))
    Console.WriteLine(song);
return 0;
