// Networks of yours in a pipeline: three public ones as ONNX, checked against what they are known to say, then a linear model on what they
// say of labelled songs.
//     dotnet run -c Release --project samples/BringYourEmbedding -- --teachers ../shared/data/teachers --songs ../shared/data/4q/labels.csv
// The networks come as NumPy archives (docs/embeddings.md says which); they are not part of this repository. Without them there is nothing
// to do. Without --songs it learns from the eight clips of samples/audio, which teach nothing that holds for other songs.
using System.Diagnostics;
using BringYourEmbedding;
using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using SongMood.Evaluation;
using SongMood.Learning;

const string Usage = "usage: BringYourEmbedding [--teachers folder] [--songs labels.csv] [--out folder]";
var settings = new Dictionary<string, string>
{
    ["--teachers"] = "../shared/data/teachers",
    ["--songs"] = "samples/audio/labels.csv",
    ["--out"] = Path.Combine(Path.GetTempPath(), "bring-your-embedding"),
};
var isNamed = args.Contains("--teachers");
for (var i = 0; i < args.Length; i += 2)
    if (i + 1 < args.Length && settings.ContainsKey(args[i]))
        settings[args[i]] = args[i + 1];
    else
    {
        Console.Error.WriteLine($"'{args[i]}': {Usage}");
        return 2;
    }
var (teachers, folder) = (settings["--teachers"], settings["--out"]);
foreach (var file in Teacher.All.Select(teacher => teacher.File).Append("golden.npz"))
{
    if (File.Exists(Path.Combine(teachers, file)))
        continue;
    Console.WriteLine($"There is no {file} in {Path.GetFullPath(teachers)}: name a folder that has it by --teachers. {Usage}");
    return isNamed ? 1 : 0; // where nobody asked for them, as in a fresh clone, nothing is wrong
}

// 1. Each network as an ONNX file, and whether it says what it should.
Directory.CreateDirectory(folder);
var ml = new MLContext(seed: 1);
string NetworkOf(Teacher teacher) => Path.Combine(folder, $"{teacher.Name}.onnx");
using (var golden = new NumpyArchive(Path.Combine(teachers, "golden.npz")))
    foreach (var teacher in Teacher.All)
    {
        teacher.Write(teachers, NetworkOf(teacher));
        var difference = GoldenCheck.LargestDifference(ml, teacher, NetworkOf(teacher), golden);
        Console.WriteLine($"{NetworkOf(teacher)}: at most {difference:0.0e+0} from what is known; {teacher.Tolerance:0e+0} is allowed");
        if (difference > teacher.Tolerance)
            return 1;
    }

// 2. One decode for all: 22,050 Hz, of which each front end makes its own rate.
var songs = LabelledSongs.Read(settings["--songs"]);
var rows = ml.Data.LoadFromEnumerable(songs.Songs.Select(song => new Song
{
    Path = song.AudioPath!,
    Mood = song.Mood,
    Artist = song.Group ?? "",
}).ToArray());
IEstimator<ITransformer> listen = ml.Transforms.LoadAudio("Audio", "Path");
foreach (var teacher in Teacher.All)
    listen = listen.Append(teacher.Steps(ml, "Audio", NetworkOf(teacher)));
var listener = listen.Append(ml.Transforms.Conversion.MapValueToKey("Label", "Mood"))
    .Append(ml.Transforms.SelectColumns([.. Teacher.All.Select(teacher => teacher.Name), "Label", "Artist"])).Fit(rows);
var watch = Stopwatch.StartNew();
var heard = ml.Data.Cache(listener.Transform(rows)); // each song once, however often it is learnt from
_ = heard.Preview(maxRows: songs.Songs.Count);
Console.WriteLine($"{songs.Songs.Count} songs heard in {watch.Elapsed.TotalSeconds:0} s");

// 3. The blocks side by side, and a linear model: what it is worth on artists that it has not heard, if there are enough of them.
IEstimator<ITransformer> Head(params string[] blocks) => ml.Transforms.ConcatenateBlocks("Features", blocks)
    .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
    {
        L1Regularization = 0,
        L2Regularization = 1 / 3f,
    }));
string[][] choices = [.. Teacher.All.Select(teacher => new[] { teacher.Name }), ["compact", "yamnet"], ["musicnn", "yamnet", "compact"]];
foreach (var blocks in choices)
{
    var folds = HeldOut.CrossValidate(ml, heard, Head(blocks), folds: songs.Songs.Count < 50 ? 2 : 5,
        new HeldOutOptions { GroupColumnName = "Artist" });
    Console.WriteLine($"{string.Join(" + ", blocks)}: macro F1 {MoodMetrics.Compute(folds).MacroF1:P1}");
}

// 4. A model with the networks in it: the files above are not needed any more.
var head = Head(choices[^1]).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(heard);
var modelPath = Path.Combine(folder, "moods.zip");
ml.Model.Save(listener.Append(head), rows.Schema, modelPath);
using var engine = ml.Model.CreatePredictionEngine<Song, Mood>(ml.Model.Load(modelPath, out _));
var first = songs.Songs[0];
Console.WriteLine($"{modelPath} ({new FileInfo(modelPath).Length / 1e6:0.0} MB): {Path.GetFileName(first.AudioPath)} is "
    + $"{engine.Predict(new Song { Path = first.AudioPath! }).PredictedLabel} (people say {first.Mood})");
return 0;

internal sealed class Song
{
    public string Path { get; set; } = "";

    public string Mood { get; set; } = "";

    public string Artist { get; set; } = "";
}

internal sealed class Mood
{
    public string PredictedLabel { get; set; } = "";
}
