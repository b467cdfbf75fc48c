using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Trainers;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>The pipeline that the settings ask for, in two halves: what only listens, and what learns.</summary>
internal sealed class LearningRecipe
{
    /// <summary>What the listener writes, or the numeric columns together.</summary>
    public const string FeatureColumn = "Features";

    /// <summary>The mel spectrogram in decibels, where there are descriptors beside it.</summary>
    public const string MelColumn = "Decibels";

    /// <summary>The same before decibels: a name that says that there are descriptors beside it.</summary>
    public const string PowerColumn = "Power";

    /// <summary>The number of the predicted mood, from 1, with the moods as its values.</summary>
    public const string KeyColumn = "PredictedKey";

    private const string ScaledColumn = "Scaled";

    private const int RankCount = 1024; // more than most label files have songs

    /// <summary>
    /// The descriptors' network knows more: its word counts three times that of the spectrogram's, which on songs that neither has heard
    /// does better than the plain mean (docs/training.md). Weights that are fitted on the training songs would flatter what knows these by
    /// heart.
    /// </summary>
    private static readonly float[] BothWeights = [3, 1];

    private readonly MoodLearningOptions _settings;
    private readonly int? _songCount;

    /// <param name="settings">Valid ones (<see cref="MoodLearningOptions.Validate"/>).</param>
    /// <param name="songCount">How many songs there are to learn from; null where nothing is learnt.</param>
    public LearningRecipe(MoodLearningOptions settings, int? songCount = null) => (_settings, _songCount) = (settings, songCount);

    public bool Listens => _settings.Inputs != SongInput.Columns;

    /// <summary>The epochs of all networks together.</summary>
    public int Epochs => _settings.Bags * NetworkRecipe.Networks(_settings).Sum(network => network.Options.Epochs);

    /// <summary>What <see cref="Listener"/> computes, for people.</summary>
    public string ListenerDescription => _settings.Inputs switch
    {
        SongInput.Descriptors => "the descriptors",
        SongInput.Both => "the descriptors and the mel spectrogram in decibels",
        SongInput.Embedding => "the music embedding",
        _ => "the mel spectrogram in decibels",
    }
        + (_settings.Seconds is { } seconds ? FormattableString.Invariant($" of the first {seconds} s") : "")
        + $" by SongMood {typeof(LoadAudioTransformer).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>From the path of a song to its features, at 22,050 Hz, mono.</summary>
    public IEstimator<ITransformer> Listener(MLContext context)
    {
        var load =
            context.Transforms.LoadAudio("Waveform", nameof(SongPath.Path), new LoadAudioOptions { DurationSeconds = _settings.Seconds });
        return _settings.Inputs switch
        {
            SongInput.Descriptors => load.Append(context.Transforms.MusicDescriptors(FeatureColumn, "Waveform")),
            // One decoding, and one set of Fourier transforms: the same spectrogram as the other way.
            SongInput.Both => load
                .Append(context.Transforms.MusicDescriptors(FeatureColumn, "Waveform",
                    new MusicDescriptorsOptions { MelOutputColumnName = PowerColumn }))
                .Append(context.Transforms.PowerToDecibels(MelColumn, PowerColumn)),
            SongInput.Embedding => LogMel("LogMel").Append(context.Transforms.MusicEmbedding(FeatureColumn, "LogMel")),
            _ => LogMel(FeatureColumn),
        };

        IEstimator<ITransformer> LogMel(string column) => load
            .Append(context.Transforms.MelSpectrogram("Mel", "Waveform")) // 128 bands, hop 512, as the paper
            .Append(context.Transforms.PowerToDecibels(column, "Mel"));
    }

    /// <summary>
    /// From the features to the moods: a network, several of its kind (which have no learning curve in common), or the weighted mean of
    /// two.
    /// </summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="onEpoch">Told of each epoch of every network, and whether it belongs to the learning curve.</param>
    /// <param name="checkpoints">A folder for where training stands; null for none.</param>
    /// <param name="start">The model to go on from, which has scaled the features already; null for new weights.</param>
    /// <param name="cancellation">Stops training after the step at hand.</param>
    public IEstimator<ITransformer> Classifier(MLContext context, Action<EpochReport, bool>? onEpoch = null,
        string? checkpoints = null, StartingModel? start = null, CancellationToken cancellation = default)
    {
        var networks = NetworkRecipe.Networks(_settings, _songCount);
        if (networks is [var (column, options)])
        {
            if (start is not null)
                return Trainer(context, options with { StartFrom = start.Network }, Tell(isCurve: true), checkpoints, cancellation);
            var scaling = Scaling(context, column, options);
            return _settings.Bags == 1
                ? scaling.Append(Trainer(context, options, Tell(isCurve: true), checkpoints, cancellation))
                : scaling.Append(context.MulticlassClassification.Trainers.Bagging(
                    bag => Trainer(context, options, Tell(isCurve: false), Below(checkpoints, "bag", bag), cancellation),
                    new BaggingOptions { LabelColumnName = FeatureTable.LabelColumn, Count = _settings.Bags, Seed = options.Seed }));
        }
        // The learning curve is the last one's, which learns the longest.
        return context.MulticlassClassification.Trainers.Ensemble(
            [.. networks.Select((network, index) => EnsembleMember.ToTrain(Scaling(context, network.Column, network.Options).Append(Trainer(
                context, network.Options, Tell(isCurve: index == networks.Length - 1), Below(checkpoints, "network", index),
                cancellation))))],
            new EnsembleOptions
            {
                LabelColumnName = FeatureTable.LabelColumn,
                Combiner = EnsembleCombiner.WeightedAverage,
                Weights = BothWeights,
            });

        IProgress<EpochReport>? Tell(bool isCurve) =>
            onEpoch is null ? null : new ImmediateProgress<EpochReport>(epoch => onEpoch(epoch, isCurve));
    }

    /// <summary>
    /// Names the mood where its key was: a prediction engine gives <c>PredictedLabel</c> as text, as ML.NET's own templates do. The key
    /// stays beside it, in <see cref="KeyColumn"/>.
    /// </summary>
    public static IEstimator<ITransformer> Namer(MLContext context) =>
        context.Transforms.CopyColumns(KeyColumn, ScoreColumns.PredictedLabel)
        .Append(context.Transforms.Conversion.MapKeyToValue(ScoreColumns.PredictedLabel));

    /// <summary>A folder for one of several trainings; null where nothing is kept.</summary>
    public static string? Below(string? checkpoints, string what, int index) =>
        checkpoints is null ? null : Path.Combine(checkpoints, FormattableString.Invariant($"{what}-{index + 1}"));

    private static NetworkTrainer Trainer(MLContext context, NetworkOptions options, IProgress<EpochReport>? progress, string? checkpoints,
        CancellationToken cancellation) =>
        context.MulticlassClassification.Trainers.Network(options with
        {
            LabelColumnName = FeatureTable.LabelColumn,
            FeatureColumnName = ScaledColumn,
            Progress = progress,
            CheckpointFolder = checkpoints,
            CancellationToken = cancellation,
        });

    private IEstimator<ITransformer> Scaling(MLContext context, string column, NetworkOptions options) => options switch
    {
        // The embedding's numbers are of one unit: those that hardly differ between songs say little (docs/embeddings.md).
        MlpOptions { Form: MlpForm.Linear } => context.Transforms.ConcatenateBlocks(
            ScaledColumn, new ConcatenateBlocksOptions { ShareDeviation = _settings.Inputs == SongInput.Embedding }, column),
        SequenceOptions => context.Transforms.ScaleMinMax(ScaledColumn, column),
        _ when _settings.Inputs == SongInput.Columns => Ranks(context, ScaledColumn, column),
        // Clipped: of what no training song was like (silence, a test tone), a network over numbers then sees an extreme, not a monster.
        _ => context.Transforms.ScaleMinMax(ScaledColumn, column, clip: true),
    };

    /// <summary>
    /// Each number as its rank among the songs learnt from, 0 to 1: half of the columns of web services (speechiness, instrumentalness,
    /// liveness) are close to 0 for nearly all songs, with a long tail, in which any straight scaling leaves a network little to see.
    /// </summary>
    public static IEstimator<ITransformer> Ranks(MLContext context, string outputColumn, string inputColumn) =>
        context.Transforms.NormalizeBinning(outputColumn, inputColumn, maximumBinCount: RankCount, fixZero: false);
}
