using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Cli.Learning;

/// <summary>The pipeline that the settings ask for, in two halves: what only listens, and what learns.</summary>
internal sealed class Recipe
{
    /// <summary>What the front end writes, or the numeric columns together.</summary>
    public const string FeatureColumn = "Features";

    /// <summary>The mel spectrogram in decibels, where there are descriptors beside it.</summary>
    public const string MelColumn = "Decibels";

    /// <summary>The same before decibels: a name that says that there are descriptors beside it.</summary>
    public const string PowerColumn = "Power";

    private const string ScaledColumn = "Scaled";

    /// <summary>
    /// The descriptors' network knows more: its word counts three times that of the spectrogram's, which on songs that neither has heard does
    /// better than the plain mean (docs/training.md). Weights that are fitted on the training songs would flatter what knows these by heart.
    /// </summary>
    private static readonly float[] BothWeights = [3, 1];

    private readonly TrainingSettings _settings;

    /// <exception cref="ArgumentException">The settings contradict each other or are out of range: known now, not after an hour of listening.</exception>
    public Recipe(TrainingSettings settings)
    {
        _settings = settings;
        if (settings is { Bags: > 1, Input: SongInput.Both })
            throw new ArgumentException("--bags repeats one network, and --inputs both trains two: leave one of the two out.");
        Epochs = settings.Bags * NetworkRecipe.Networks(settings).Sum(network => network.Options.Epochs);
        Learner(new MLContext(), _ => { }, CancellationToken.None);
    }

    public bool Listens => _settings.Input != SongInput.Columns;

    /// <summary>Of all networks together.</summary>
    public int Epochs { get; }

    /// <summary>What <see cref="FrontEnd"/> computes, for people.</summary>
    public string FrontEndDescription => _settings.Input switch
        {
            SongInput.Descriptors => "the descriptors",
            SongInput.Both => "the descriptors and the mel spectrogram in decibels",
            _ => "the mel spectrogram in decibels",
        }
        + (_settings.Seconds is { } seconds ? FormattableString.Invariant($" of the first {seconds} s") : "")
        + $" by SongMood {typeof(SongMood.Transforms.LoadAudioTransformer).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>From the path of a song to its features, at 22,050 Hz, mono.</summary>
    public IEstimator<ITransformer> FrontEnd(MLContext context)
    {
        var load = context.Transforms.LoadAudio("Waveform", nameof(SongPath.Path), new LoadAudioOptions { DurationSeconds = _settings.Seconds });
        return _settings.Input switch
        {
            SongInput.Descriptors => load.Append(context.Transforms.MusicDescriptors(FeatureColumn, "Waveform")),
            // One decoding, and one set of Fourier transforms: the same spectrogram as the other way.
            SongInput.Both => load
                .Append(context.Transforms.MusicDescriptors(FeatureColumn, "Waveform", new MusicDescriptorsOptions { MelOutputColumnName = PowerColumn }))
                .Append(context.Transforms.PowerToDecibels(MelColumn, PowerColumn)),
            _ => load
                .Append(context.Transforms.MelSpectrogram("Mel", "Waveform")) // 128 bands, hop 512, as the paper
                .Append(context.Transforms.PowerToDecibels(FeatureColumn, "Mel")),
        };
    }

    /// <summary>From the features to the moods: a network, several of its kind (which have no learning curve in common), or the weighted mean of two.</summary>
    public IEstimator<ITransformer> Learner(MLContext context, Action<string?> step, CancellationToken cancellation, Action<EpochReport>? onEpoch = null)
    {
        var networks = NetworkRecipe.Networks(_settings);
        if (networks is [var alone])
            return Network(context, alone.Column, alone.Options, step, cancellation, _settings.Bags == 1 ? onEpoch : null, _settings.Bags);
        // The learning curve is the last one's, which learns the longest.
        return context.MulticlassClassification.Trainers.Ensemble(
            [.. networks.Select((network, index) => EnsembleMember.ToTrain(
                Network(context, network.Column, network.Options, step, cancellation, index == networks.Length - 1 ? onEpoch : null)))],
            new EnsembleOptions { LabelColumnName = FeatureTable.LabelColumn, Combiner = EnsembleCombiner.WeightedAverage, Weights = BothWeights });
    }

    private static IEstimator<ITransformer> Network(
        MLContext context, string column, NetworkOptions options, Action<string?> step, CancellationToken cancellation, Action<EpochReport>? onEpoch, int bags = 1)
    {
        options.LabelColumnName = FeatureTable.LabelColumn;
        options.FeatureColumnName = ScaledColumn;
        options.Progress = new EpochSteps(step, onEpoch);
        options.CancellationToken = cancellation;
        // Clipped: of what no training song was like (silence, a test tone), a network over numbers then sees an extreme, not a monster.
        var scale = context.Transforms.ScaleMinMax(ScaledColumn, column, clip: options is not SequenceOptions);
        var trainer = NetworkRecipe.Trainer(context, options);
        return bags == 1 ? scale.Append(trainer) : scale.Append(context.MulticlassClassification.Trainers.Bagging(
            trainer, new BaggingOptions { LabelColumnName = FeatureTable.LabelColumn, Count = bags, Seed = options.Seed }));
    }

    /// <summary>Reports at once, on the thread that trains: <see cref="Progress{T}"/> would report after the fact.</summary>
    private sealed class EpochSteps(Action<string?> step, Action<EpochReport>? onEpoch) : IProgress<EpochReport>
    {
        public void Report(EpochReport epoch)
        {
            onEpoch?.Invoke(epoch);
            step($"epoch {epoch.Epoch} of {epoch.EpochCount}, loss {epoch.TrainingLoss:F3}, accuracy {epoch.TrainingAccuracy:P0}");
        }
    }
}
