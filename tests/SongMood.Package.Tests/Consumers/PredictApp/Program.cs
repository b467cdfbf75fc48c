using System.Diagnostics;
using SongMood.Prediction;

using var predictor = MoodPredictor.LoadPretrained();
foreach (var clip in Directory.GetFiles(args[0], "*.mp3").Order())
    Console.WriteLine($"{Path.GetFileName(clip)} {predictor.Predict(clip).Mood}");
var native = Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
    .Any(module => module.FileName.Contains("torch", StringComparison.OrdinalIgnoreCase));
Console.WriteLine($"libtorch loaded: {native}");
