// From labelled MP3s to a model and back to a mood, as one ML.NET pipeline.
//     dotnet run --project samples/TrainMood -- samples/audio/labels.csv moods.zip
// Eight clips teach nothing that holds for other songs: name a label file of your own.
using Microsoft.ML;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Trainers;

if (args is not [var labels, var modelPath])
{
    Console.Error.WriteLine("usage: TrainMood labels.csv moods.zip");
    return 2;
}

// The label file is checked as a whole: columns, cells, audio files.
var songs = LabelledSongs.Read(labels);
var context = new MLContext(seed: 1);
var data = context.Data.LoadFromEnumerable(songs.Songs.Select(song => new LabelledPath { Path = song.AudioPath!, Mood = song.Mood }));

var pipeline = context.Transforms.Conversion.MapValueToKey("Label", "Mood")
    .Append(context.Transforms.LoadAudio("Waveform", "Path"))              // samples at 22,050 Hz, mono
    .Append(context.Transforms.MelSpectrogram("Mel", "Waveform"))          // 128 bands x frames, power
    .Append(context.Transforms.PowerToDecibels("Decibels", "Mel"))
    .AppendCacheCheckpoint(context)                                        // Fit decodes a clip once, for the scaling and the trainer
    .Append(context.Transforms.ScaleMinMax("Features", "Decibels"))        // each band to 0 .. 1
    .Append(context.MulticlassClassification.Trainers.Crnn(new CrnnOptions { Epochs = 20, BatchSize = 8 }))
    .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")); // the mood's name, not its number

var model = pipeline.Fit(data);
context.Model.Save(model, data.Schema, modelPath);

var metrics = context.MulticlassClassification.Evaluate(model.Transform(data));
Console.WriteLine(
    $"On the songs it has learnt from, {metrics.MicroAccuracy:P0} are right; 'songmood evaluate' says what that is worth on others.");

// Loading needs no registration, and the predictor takes any such model.
using var predictor = MoodPredictor.Load(modelPath);
foreach (var song in songs.Songs.Take(4))
    Console.WriteLine($"{Path.GetFileName(song.AudioPath)}: {predictor.Predict(song.AudioPath!).Mood} (it is {song.Mood})");
return 0;

internal sealed class LabelledPath
{
    public string Path { get; set; } = "";

    public string Mood { get; set; } = "";
}
