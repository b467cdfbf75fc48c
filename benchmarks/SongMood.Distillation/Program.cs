using System.Globalization;
using SongMood.Distillation;
using SongMood.Embeddings;
using SongMood.Learning;
using TorchSharp;

// Teaches the embedding of the package: a small network learns to say what three public music networks say (docs/embeddings.md). What is
// there of an earlier run is not done again, so that it may be stopped at any time and go on.
//   dotnet run -c Release --project benchmarks/SongMood.Distillation -- DATA OUT [lessons = 6000] [hours = 2] [threads = 1] [composed = 0]
// or only one of its halves, the second beside the first: it takes the lessons that are there.
//   dotnet run -c Release --project benchmarks/SongMood.Distillation -- lessons|teach DATA OUT [lessons] [hours] [threads] [composed]
// Or steadies what it taught (student.onnx in OUT, the package's where there is none), which needs ffmpeg: pieces are heard plain and
// encoded ("hear"), and it learns to say the same of both ("steady"), heard down to some decibels below the loudest.
//   dotnet run -c Release --project benchmarks/SongMood.Distillation -- hear|steady DATA OUT [pieces = 2000] [hours = 1] [threads = 1]
//     [dB = 80]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var half = args is ["lessons" or "teach" or "hear" or "steady", ..] ? args[0] : null;
var rest = half is null ? args : args[1..];
if (rest.Length < 2)
{
    Console.Error.WriteLine(
        "usage: SongMood.Distillation [lessons|teach] DATA OUT [lessons = 6000] [hours = 2] [threads = 1] [composed = 0]\n"
        + "       SongMood.Distillation hear|steady DATA OUT [pieces = 2000] [hours = 1] [threads = 1] [dB = 80]");
    return 2;
}
var (data, folder) = (rest[0], rest[1]);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var songs = LabelledSongs.Read(Path.Combine(data, "4q", "labels.csv"));
var lessons = new Lessons(songs, Path.Combine(folder, "lessons"));
torch.set_num_threads(rest.Length > 4 ? int.Parse(rest[4]) : 1);
if (half is "hear" or "steady")
{
    var encodings = new Encodings(songs, lessons, Path.Combine(folder, "hearings"));
    if (half == "hear")
    {
        encodings.Make(rest.Length > 2 ? int.Parse(rest[2]) : 2000, stop.Token);
        return 0;
    }
    var taught = Path.Combine(folder, "student.onnx");
    var network = File.Exists(taught) ? File.ReadAllBytes(taught) : MusicEmbeddingNetwork.Options.ModelBytes!;
    var rangeDb = rest.Length > 5 ? double.Parse(rest[5]) : StudentInput.RangeDb;
    new Steadying(encodings, network, folder, rangeDb, seed: 1).Teach(rest.Length > 3 ? double.Parse(rest[3]) : 1, songs.Songs.Count,
        new SteadyExamination(songs, lessons.KeptBack), [.. lessons.KeptBack.Held], stop.Token);
    return 0;
}
if (half != "teach")
    lessons.Make(Path.Combine(data, "teachers"), rest.Length > 2 ? int.Parse(rest[2]) : 6000,
        rest.Length > 5 ? int.Parse(rest[5]) : 0, stop.Token);
if (half == "lessons" || stop.IsCancellationRequested)
    return 0;

var examination = new Examination(songs, lessons.KeptBack);
Console.WriteLine($"{lessons.KeptBack.Held.Count} clips of artists that teach nothing. Linear heads on the teachers' own "
    + $"embeddings: {examination.OfTeachers(lessons)}.");
new Classroom(lessons, songs.Songs.Count, folder, seed: 1).Teach(rest.Length > 3 ? double.Parse(rest[3]) : 2, examination, stop.Token);
return 0;
