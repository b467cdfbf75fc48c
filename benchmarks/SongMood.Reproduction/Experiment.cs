using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;

namespace SongMood.Reproduction;

/// <summary>
/// Trains rows of the table on the splits of a set of songs. Every result and every trained network is kept in a folder, so that a run that
/// was stopped goes on where it was, within a training from its last epoch.
/// </summary>
internal sealed class Experiment(string folder, SongSet set, IReadOnlyList<Split> splits, string fingerprint, int seed)
{
    public SongSet Set => set;

    public IReadOnlyList<Split> Splits => splits;

    public int Seed => seed;

    /// <summary>The charts and tables of this set of songs go here.</summary>
    public string Folder { get; } = Path.Combine(folder, set.Name.Replace(' ', '-'));

    /// <summary>The curves of a network's training, as the trainer wrote them.</summary>
    public string CurvesPath(NetworkRow row, Split split) => PathOf(row, split, ".curves.csv");

    /// <summary>What a row predicts for the test part of a split: from its file, where it has been here before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="split">The split.</param>
    /// <param name="step">Told what is going on.</param>
    /// <param name="cancellation">Stops after the epoch at hand.</param>
    public ResultFile Run(ResultRow row, Split split, Action<string> step, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = PathOf(row, split, ".json");
        var wanted = new ResultFile(row.Settings, fingerprint, seed, split.Test, [], 0);
        if (ResultFile.Read(path) is { } done && done.IsOf(wanted))
            return done;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        step("fitting");
        var watch = Stopwatch.StartNew();
        var context = new MLContext(seed);
        var model = row switch
        {
            NetworkRow network => Train(context, network, split, step, cancellation),
            EnsembleRow ensemble => Combine(context, ensemble, split, step, cancellation),
            BaggingRow bagging => Bag(context, bagging, split, cancellation),
            _ => throw new InvalidOperationException($"{row.GetType().Name} is no kind of row."),
        };
        using (model as IDisposable)
        {
            step("scoring");
            var scored = model.Transform(set.View(context, split.Test));
            var result = wanted with { Probabilities = [.. scored.GetColumn<float[]>("Score")], Seconds = watch.Elapsed.TotalSeconds };
            result.Write(path);
            return result;
        }
    }

    private ITransformer Train(MLContext context, NetworkRow row, Split split, Action<string> step, CancellationToken cancellation)
    {
        // A checkpoint of other settings stays where it is, for whoever goes back to them.
        var settings = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Settings}; {fingerprint}; {seed}")));
        var checkpoints = PathOf(row, split, $".checkpoint-{settings[..8]}");
        var options = Prepare(row, step, cancellation) with { CurvesPath = CurvesPath(row, split), CheckpointFolder = checkpoints };
        var scale = Scaling(context, row).Fit(set.View(context, split.Training));
        var validation = split.Validation.Length > 0 ? scale.Transform(set.View(context, split.Validation)) : null;
        var network = context.MulticlassClassification.Trainers.Network(options)
            .Fit(scale.Transform(set.View(context, split.Training)), validation);
        cancellation.ThrowIfCancellationRequested(); // the best so far is not the result
        var model = new TransformerChain<ITransformer>(scale, network);
        AtomicFile.Write(PathOf(row, split, ".zip"), stream => ModelFile.Save(context, model, set.View(context, []).Schema, stream));
        Directory.Delete(checkpoints, recursive: true);
        return model;
    }

    private EnsemblePredictionTransformer Combine(MLContext context, EnsembleRow row, Split split, Action<string> step,
        CancellationToken cancellation)
    {
        foreach (var member in row.Members)
            Run(member, split, step, cancellation);
        var options = row.Options() with { LabelColumnName = SongSet.Label, Seed = seed };
        var members = row.Members.Select(member => EnsembleMember.FromFile(PathOf(member, split, ".zip"))).ToArray();
        return context.MulticlassClassification.Trainers.Ensemble(members, options)
            .Fit(set.View(context, row.FitOnValidation ? split.Validation : split.Training));
    }

    private ITransformer Bag(MLContext context, BaggingRow row, Split split, CancellationToken cancellation)
    {
        var options = row.Options() with { LabelColumnName = SongSet.Label, Seed = seed };
        var trainer = context.MulticlassClassification.Trainers.Network(Prepare(row.Base, _ => { }, cancellation));
        return context.MulticlassClassification.Trainers.Bagging(Scaling(context, row.Base).Append(trainer), options)
            .Fit(set.View(context, [.. split.Training, .. split.Validation]));
    }

    private NetworkOptions Prepare(NetworkRow row, Action<string> step, CancellationToken cancellation) => row.Options() with
    {
        LabelColumnName = SongSet.Label,
        FeatureColumnName = Scaled(row),
        Seed = seed,
        CancellationToken = cancellation,
        Progress = new ImmediateProgress<EpochReport>(report => step(
            $"epoch {report.Epoch} of {report.EpochCount}, loss {report.TrainingLoss:F3}, "
            + $"{(report.ValidationAccuracy is { } validation ? $"validation {validation:P0}, " : "")}{report.Remaining:m\\:ss} left")),
    };

    private static IEstimator<ITransformer> Scaling(MLContext context, NetworkRow row) =>
        context.Transforms.ScaleMinMax(Scaled(row), row.Column, clip: row.Column != ClipSet.Mel);

    private static string Scaled(NetworkRow row) => $"{row.Column} scaled";

    private string PathOf(ResultRow row, Split split, string suffix) =>
        Path.Combine(Folder, $"split-{split.Number}", row.Key + suffix);
}
