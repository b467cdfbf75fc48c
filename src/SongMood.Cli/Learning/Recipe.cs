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

    public bool Listens => settings.Network == NetworkKind.Crnn;

    public int Epochs => settings.Epochs ?? (Listens ? new CrnnOptions().Epochs : new MlpOptions().Epochs);

    /// <summary>From the path of a song to its log-mel spectrogram: 128 bands at 22,050 Hz, hop 512, as the paper.</summary>
    public IEstimator<ITransformer> FrontEnd(MLContext context) => context.Transforms
        .LoadAudio("Waveform", nameof(SongPath.Path), new LoadAudioOptions { DurationSeconds = settings.Seconds })
        .Append(context.Transforms.MelSpectrogram("Mel", "Waveform"))
        .Append(context.Transforms.PowerToDecibels(FeatureColumn, "Mel"));

    /// <summary>From the features to the moods.</summary>
    public IEstimator<ITransformer> Learner(MLContext context, Action<string?> step, CancellationToken cancellation)
    {
        var trainers = context.MulticlassClassification.Trainers;
        var progress = new EpochSteps(step);
        return Listens
            ? context.Transforms.ScaleMinMax(ScaledColumn, FeatureColumn).Append(trainers.Crnn(Told(new CrnnOptions(), progress, cancellation)))
            : context.Transforms.NormalizeMeanVariance(ScaledColumn, FeatureColumn).Append(trainers.Mlp(Told(new MlpOptions(), progress, cancellation)));
    }

    private TOptions Told<TOptions>(TOptions options, IProgress<EpochReport> progress, CancellationToken cancellation) where TOptions : NetworkOptions
    {
        options.LabelColumnName = FeatureTable.LabelColumn;
        options.FeatureColumnName = ScaledColumn;
        options.Epochs = Epochs;
        options.BatchSize = settings.BatchSize ?? options.BatchSize;
        options.LearningRate = settings.LearningRate ?? options.LearningRate;
        options.Seed = settings.Seed;
        options.Progress = progress;
        options.CancellationToken = cancellation;
        return options;
    }

    /// <summary>Reports at once, on the thread that trains: <see cref="Progress{T}"/> would report after the fact.</summary>
    private sealed class EpochSteps(Action<string?> step) : IProgress<EpochReport>
    {
        public void Report(EpochReport epoch) => step($"epoch {epoch.Epoch} of {epoch.EpochCount}, loss {epoch.TrainingLoss:F3}, accuracy {epoch.TrainingAccuracy:P0}");
    }
}
