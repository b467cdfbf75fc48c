using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;

// train MODEL: fits a network on points around two centres, saves the whole pipeline, prints the scores of one point.
// score MODEL: loads it, registering nothing, and prints the scores of the same point.
var ml = new MLContext(seed: 1);
var (command, path) = (args[0], args[1]);
if (command == "train")
{
    var random = new Random(1);
    var points = Enumerable.Range(0, 64).Select(i => new Point
    {
        Label = i % 2 == 0 ? "near" : "far",
        Features = [i % 2 + (float)random.NextDouble() / 4, random.NextSingle(), random.NextSingle()],
    });
    var data = ml.Data.LoadFromEnumerable(points);
    var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.Transforms.NormalizeMinMax("Features"))
        .Append(ml.MulticlassClassification.Trainers.Mlp(new MlpOptions { Epochs = 3 }));
    ml.Model.Save(pipeline.Fit(data), data.Schema, path);
}
var model = ml.Model.Load(path, out _);
var engine = ml.Model.CreatePredictionEngine<Point, Scored>(model);
Console.WriteLine("scores "
    + string.Join(' ', engine.Predict(new Point { Features = [0.9f, 0.5f, 0.5f] }).Score.Select(BitConverter.SingleToUInt32Bits)));

internal sealed class Point
{
    public string Label { get; set; } = "";

    [VectorType(3)]
    public float[] Features { get; set; } = [];
}

internal sealed class Scored
{
    public float[] Score { get; set; } = [];
}
