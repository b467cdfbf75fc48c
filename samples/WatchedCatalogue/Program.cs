// The moods of all songs in a folder, watched by OpenTelemetry: how many, how much audio, where the time goes, an activity for each,
// and what ML.NET's components log, such as damage in a song that a pipeline of one's own loads.
//     dotnet run --project samples/WatchedCatalogue -- samples/audio
// Another exporter in place of the console's (OTLP, Prometheus) sends the same to a collector.
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using OpenTelemetry;
using OpenTelemetry.Logs;
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
using var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(log => log.AddConsoleExporter()));
var mlContext = new MLContext(seed: 1);
using var link = mlContext.LogTo(loggers);
using var predictor = MoodPredictor.LoadPretrained();
await foreach (var song in predictor.PredictManyAsync(AudioFolder.EnumerateFiles(folder)))
    Console.WriteLine(song);
var songs = mlContext.Data.LoadFromEnumerable(AudioFolder.EnumerateFiles(folder).Select(path => new { Path = path }));
var loaded = mlContext.Transforms.LoadAudio("Waveform", "Path").Fit(songs).Transform(songs);
Console.WriteLine($"{loaded.GetColumn<float[]>("Waveform").Sum(waveform => (long)waveform.Length)} samples were loaded.");
return 0;
