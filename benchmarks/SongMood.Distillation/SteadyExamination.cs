using Microsoft.ML;
using Microsoft.ML.Trainers;
using SongMood.Embeddings;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Transforms;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>
/// How steady a network is on the artists that taught nothing: the scores of a linear head, learnt from the plain clips of the others, on
/// these artists' clips as they are and behind encoders.
/// </summary>
internal sealed class SteadyExamination(LabelledSongs songs, HeldOutPart keptBack)
{
    private const int Hop = 64; // as the package hears (MusicEmbeddingNetwork)
    private const double Moved = 0.05;

    public static string Header { get; } = string.Join(",", Encoder.Examined.Keys.Select(name => $"\"{name}, moved\""))
        + ",moved,mean change,macro F1,log-loss";

    public string Take(Student student, IReadOnlyList<Hearings> clips)
    {
        using var noGradients = no_grad();
        student.eval();
        var plain = clips.Select(clip => Embed(student, clip.Plain)).ToArray();
        var ml = new MLContext(1);
        var head = ml.Transforms.ConcatenateBlocks(LearningRecipe.FeatureColumn, new ConcatenateBlocksOptions { ShareDeviation = true },
                LearningRecipe.FeatureColumn)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = 0,
                L2Regularization = 1 / 7f, // C = 7: the pretrained model's penalty for 480 songs
                NumberOfThreads = 1,
            }));
        var taught = FeatureTable.OfVectors(songs, plain);
        var before = ScoresOf(plain);
        var changes = Encoder.Examined.Select((_, encoder) =>
        {
            var heard = plain.ToArray();
            foreach (var song in keptBack.Held)
                heard[song] = Embed(student, clips[song].Encoded[encoder]);
            return ScoresOf(heard).Zip(before, (now, then) => now.Zip(then, (a, b) => Math.Abs(a - b)).Max()).ToArray();
        }).ToArray();
        int[] actual = [.. keptBack.Held.Select(song => songs.MoodIndices[song])];
        var metrics = MoodMetrics.Compute(new Predictions(songs.Moods, actual, before));
        return string.Join(",", changes.Select(Share).Append(Share([.. changes.SelectMany(change => change)]))
            .Concat([changes.SelectMany(change => change).Average(), metrics.MacroF1, metrics.LogLoss])
            .Select(value => FormattableString.Invariant($"{value:f4}")));

        IReadOnlyList<float[]> ScoresOf(float[][] features)
        {
            var heard = FeatureTable.OfVectors(songs, features);
            return HeldOut.FitAndScore(keptBack, head, rows => taught.View(ml, rows), rows => heard.View(ml, rows));
        }
    }

    private static double Share(float[] changes) => changes.Count(change => change > Moved) / (double)changes.Length;

    private static float[] Embed(Student student, Half[] spectrogram)
    {
        using var scope = NewDisposeScope();
        return [.. student.call(Steadying.Patches(spectrogram, Hop, MusicEmbeddingNetwork.RangeDb)).mean([0L]).data<float>()];
    }
}
