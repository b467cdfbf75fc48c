using System.Globalization;
using SongMood.Formats;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Steadiness;

// Whether a song keeps its mood when only its file changes: encoded anew, at another sample rate, louder, softer, or begun a little later.
//   dotnet run -c Release --project benchmarks/SongMood.Steadiness -- LABELS.csv [clips = 200] [model.zip]
// What is encoded or resampled anew goes through ffmpeg, so that it is not our own code that is asked whether it agrees with itself.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: SongMood.Steadiness LABELS.csv [clips = 200] [model.zip]");
    return 2;
}
AudioFormats.AddAll(new() { UseFfmpeg = Ffmpeg.IsInstalled });
var songs = LabelledSongs.Read(args[0]).Songs;
var count = Math.Min(songs.Count, args.Length > 1 ? int.Parse(args[1]) : 200);
var paths = Enumerable.Range(0, count).Select(i => songs[i * songs.Count / count].AudioPath!).ToArray(); // evenly over all moods
using var predictor = args.Length > 2 ? MoodPredictor.Load(args[2]) : MoodPredictor.LoadPretrained();

Console.WriteLine($"{count} clips of {args[0]}, {(args.Length > 2 ? args[2] : "the pretrained model")}.");
var original = new MoodPrediction[count];
// Without a limit there would be more and more at once, as all that these threads do is wait for ffmpeg.
var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
Parallel.For(0, count, atOnce, i => original[i] = predictor.Predict(paths[i]));
Console.WriteLine("| change | same mood | largest change of a score, mean over clips | clips where it is above 0.05 |");
Console.WriteLine("|---|---:|---:|---:|");
foreach (var change in Change.All)
{
    if (change.NeedsFfmpeg && !Ffmpeg.IsInstalled)
    {
        Console.WriteLine($"| {change.Name} | ffmpeg is not installed | | |");
        continue;
    }
    var changed = new MoodPrediction[count];
    Parallel.For(0, count, atOnce, i => changed[i] = change.Predict(predictor, paths[i]));
    var same = original.Zip(changed).Count(pair => pair.First.Mood == pair.Second.Mood);
    var differences = original.Zip(changed)
        .Select(pair => pair.First.Scores.Max(score => Math.Abs(score.Value - pair.Second.Scores[score.Key]))).ToArray();
    var moved = differences.Count(difference => difference > 0.05);
    Console.WriteLine($"| {change.Name} | {100.0 * same / count:f1} % | {differences.Average():f3} | {100.0 * moved / count:f1} % |");
}
return 0;
