using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;

// MODEL DATA: loads a model file with plain ML.NET, runs it over a binary data view, and prints each row's predicted key and the bits
// of its scores; with the word "average" behind them, of an ensemble that is made here of the model and itself. Then whether libtorch came
// into the process on the way.
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var data = ml.Data.LoadFromBinary(args[1]);
if (args is [_, _, "average"])
    model = ml.MulticlassClassification.Trainers.Ensemble([EnsembleMember.Of(model), EnsembleMember.FromFile(args[0])],
        combiner: EnsembleCombiner.Average).Fit(data);
var scored = model.Transform(data);
foreach (var (key, scores) in scored.GetColumn<uint>("PredictedLabel").Zip(scored.GetColumn<float[]>("Score")))
    Console.WriteLine($"{key} {Convert.ToHexString(MemoryMarshal.AsBytes<float>(scores))}");
// (TorchSharp.dll itself may be there: ML.NET looks at all types of an assembly that a model names.)
var torch = System.Diagnostics.Process.GetCurrentProcess().Modules.Cast<System.Diagnostics.ProcessModule>()
    .Any(module => module.ModuleName.Contains("libtorch", StringComparison.OrdinalIgnoreCase));
Console.WriteLine($"torch {torch}");
