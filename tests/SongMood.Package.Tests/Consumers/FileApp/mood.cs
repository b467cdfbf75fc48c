#:package SongMood@0.0.0-version-under-test
#:property NuGetAudit=false

using SongMood.Prediction;

using var predictor = MoodPredictor.LoadPretrained();
foreach (var clip in Directory.GetFiles(args[0], "*.mp3").Order())
    Console.WriteLine($"{Path.GetFileName(clip)} {predictor.Predict(clip).Mood}");
