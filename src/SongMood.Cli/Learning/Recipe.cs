using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Trainers;
using SongMood.Training;
using SongMood.Transforms;

namespace SongMood.Cli.Learning;

/// <summary>The pipeline that the settings ask for, in two halves: what only listens, and what learns.</summary>
internal sealed class Recipe(TrainingSettings settings)
{
    /// <summary>What the front end writes, or the numeric columns together.</summary>
    public const string FeatureColumn = "Features";

    private const string ScaledColumn = "Scaled";

    public bool Listens => settings.Input != SongInput.Columns;

    public int Epochs => settings.Epochs ?? NetworkOptions().Epochs;

    /// <summary>What <see cref="FrontEnd"/> computes, for people.</summary>
    public string FrontEndDescription => (settings.Input == SongInput.Descriptors ? "the descriptors" : "the mel spectrogram in decibels")
        + (settings.Seconds is { } seconds ? FormattableString.Invariant($" of the first {seconds} s") : "")
        + $" by SongMood {typeof(SongMood.Transforms.LoadAudioTransformer).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>From the path of a song to its features, at 22,050 Hz, mono.</summary>
    public IEstimator<ITransformer> FrontEnd(MLContext context)
    {
        var load = context.Transforms.LoadAudio("Waveform", nameof(SongPath.Path), new LoadAudioOptions { DurationSeconds = settings.Seconds });
        return settings.Input == SongInput.Descriptors
            ? load.Append(context.Transforms.MusicDescriptors(FeatureColumn, "Waveform"))
            : load.Append(context.Transforms.MelSpectrogram("Mel", "Waveform")) // 128 bands, hop 512, as the paper
                .Append(context.Transforms.PowerToDecibels(FeatureColumn, "Mel"));
    }

    /// <summary>From the features to the moods.</summary>
    public IEstimator<ITransformer> Learner(MLContext context, Action<string?> step, CancellationToken cancellation)
    {
        var trainers = context.MulticlassClassification.Trainers;
        var options = NetworkOptions();
        options.LabelColumnName = FeatureTable.LabelColumn;
        options.FeatureColumnName = ScaledColumn;
        options.Epochs = Epochs;
        options.BatchSize = settings.BatchSize ?? options.BatchSize;
        options.LearningRate = settings.LearningRate ?? options.LearningRate;
        options.Seed = settings.Seed;
        options.Progress = new EpochSteps(step);
        options.CancellationToken = cancellation;
        return options switch
        {
            CrnnOptions crnn => context.Transforms.ScaleMinMax(ScaledColumn, FeatureColumn).Append(trainers.Crnn(crnn)),
            // Clipped: of what no training song was like (silence, a test tone), the network then sees an extreme, not a monster.
            MlpOptions mlp => context.Transforms.ScaleMinMax(ScaledColumn, FeatureColumn, clip: true).Append(trainers.Mlp(mlp)),
            _ => throw new InvalidOperationException($"{options.GetType().Name} has no trainer here."),
        };
    }

    private NetworkOptions NetworkOptions() => settings.Input switch
    {
        SongInput.Mel => new CrnnOptions(),
        SongInput.Columns => new MlpOptions(),
        // A thousand descriptors of a few hundred songs: the paper's network for eleven would learn them by heart.
        _ => new MlpOptions
        {
            HiddenSizes = [256, 64],
            Dropout = 0.5,
            Epochs = 30,
            BatchSize = 64,
            LearningRate = 5e-4,
            Optimizer = OptimizerKind.AdamW,
            WeightDecay = 1e-2,
            LabelSmoothing = 0.1,
        },
    };

    /// <summary>Reports at once, on the thread that trains: <see cref="Progress{T}"/> would report after the fact.</summary>
    private sealed class EpochSteps(Action<string?> step) : IProgress<EpochReport>
    {
        public void Report(EpochReport epoch) => step($"epoch {epoch.Epoch} of {epoch.EpochCount}, loss {epoch.TrainingLoss:F3}, accuracy {epoch.TrainingAccuracy:P0}");
    }
}
