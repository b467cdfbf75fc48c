using Microsoft.ML;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>A model that <see cref="MoodLearning"/> made, from whose network and scaling another training goes on.</summary>
internal sealed class StartingModel
{
    private readonly string _path;
    private readonly FeaturePipeline? _pipeline;
    private readonly IReadOnlyList<string> _columns;

    private StartingModel(string path, FeaturePipeline? pipeline, IReadOnlyList<string> columns, ITransformer scaling,
        NetworkModelParameters network) =>
        (_path, _pipeline, _columns, Scaling, Network) = (path, pipeline, columns, scaling, network);

    /// <summary>What was done to the features before the network; new songs are scaled as those that it has learnt from.</summary>
    public ITransformer Scaling { get; }

    public NetworkModelParameters Network { get; }

    /// <summary>The types of what it computes of a song; null where it takes columns.</summary>
    public FeatureTypes? Types => _pipeline?.Types;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model.</exception>
    /// <exception cref="MoodLearningException">It was made in another way, or of several networks.</exception>
    public static StartingModel Read(MLContext context, string path)
    {
        using var stream = ModelFile.Open(path, " to start from");
        var (model, schema) = ModelFile.Read(context, stream, path);
        return ModelFile.Guard(path, () =>
        {
            var split = FeaturePipeline.Split(context, model, schema, path);
            var steps = PipelineSteps.Of(split?.Learnt ?? model).ToArray();
            var at = Array.FindIndex(steps, step => step is NetworkTransformer);
            return at >= 0 && steps[at] is NetworkPredictionTransformer network
                ? new StartingModel(path, split?.Pipeline, NumericModel.ColumnsOf(schema) ?? [], PipelineSteps.AsOne(steps[..at]),
                    network.Model)
                : null;
        }) ?? throw new MoodLearningException(
            $"{path} is not one network that {Term.ModelMaker} trained, so {Term.StartFrom} cannot go on from it. Name such a model, or "
            + $"leave {Term.StartFrom} out.");
    }

    /// <exception cref="MoodLearningException">The songs have other moods, or the network was trained on other features.</exception>
    public void CheckFits(LabelledSongs songs, FeaturePipeline? pipeline)
    {
        var faults = new LearningFaults();
        faults.Need(Network.ClassNames.SequenceEqual(songs.Moods),
            $"{_path} tells {string.Join(", ", Network.ClassNames)} apart, and the songs of {songs.File} have "
            + $"{string.Join(", ", songs.Moods)}. {Term.StartFrom} goes on with the same moods.");
        faults.Need(_pipeline?.Fingerprint == pipeline?.Fingerprint,
            $"{_path} was trained on {Description(_pipeline, _columns)}; {Description(pipeline, songs.FeatureColumns)} are asked for. "
            + $"Use the {Term.Inputs} and the {Term.Seconds} that it was trained with.");
        faults.Need(_pipeline is not null || pipeline is not null || _columns.SequenceEqual(songs.FeatureColumns),
            $"{_path} was trained on {Description(null, _columns)}; {Description(null, songs.FeatureColumns)} are asked for. Name the same "
            + $"columns in the same order.");
        faults.ThrowIfAny();
    }

    private static string Description(FeaturePipeline? pipeline, IReadOnlyList<string> columns) =>
        pipeline?.Description ?? $"the {Plural.Word(columns.Count, "column")} {string.Join(", ", columns)}";
}
