using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using SongMood.Networks;
using SongMood.Scoring;
using SongMood.Training;
using SongMood.Transforms;
using TorchSharp;

namespace SongMood.Trainers;

/// <summary>
/// Trains a neural network with TorchSharp, and returns it as an ONNX graph that ONNX Runtime scores. Training needs libtorch in the
/// process (docs/training.md); what it returns does not.
/// </summary>
/// <remarks>
/// Torch's random numbers are one stream a process, so fits take turns: two at once would not be repeatable. Rows without a label are
/// left out, with a warning. A NaN or an infinity among the features is an error that names its row. A class that the training part
/// lacks is learned as one that does not come up; one class alone is an error.
/// </remarks>
public abstract class NetworkTrainer : ITrainerEstimator<NetworkPredictionTransformer, NetworkModelParameters>
{
    private static readonly Lock OneFitAtATime = new();

    private readonly IHost _host;
    private readonly NetworkOptions _options;
    private readonly int? _contextSeed;

    private protected NetworkTrainer(IHostEnvironment env, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = env.Register(GetType().Name);
        _contextSeed = (env as IHostEnvironmentInternal)?.Seed;
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; } = new(normalization: false, calibration: false, caching: false, supportValid: true);

    private protected abstract bool WantsSequence { get; }

    private protected abstract Network CreateNetwork(InputShape input, int classCount);

    /// <summary>Trains on all of <paramref name="input"/>, less what the options keep for validation.</summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the rows cannot be learned from.</exception>
    /// <exception cref="RowException">A transform before could not take a row, such as a file that is missing or damaged.</exception>
    public NetworkPredictionTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>
    /// Trains on <paramref name="trainData"/>, and measures each epoch on all of <paramref name="validationData"/>, where it is given.
    /// </summary>
    /// <exception cref="ArgumentException">A column is missing or of the wrong type, or the rows cannot be learned from.</exception>
    /// <exception cref="RowException">A transform before could not take a row, such as a file that is missing or damaged.</exception>
    public NetworkPredictionTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        LibTorch.Require();
        using var channel = _host.Start("Training");
        lock (OneFitAtATime)
        {
            var before = TorchThreads.CountOfProcess();
            var flags = FloatControl.OfThisSystem?.Flags;
            // A step of a small network is over before a second thread has woken up.
            torch.set_num_threads(_options.Threads ?? (WantsSequence ? before : 1));
            try
            {
                OneDnn.LeaveOutWhereWrong(channel);
                using var scope = torch.NewDisposeScope();
                return CursorErrors.Read(() => Train(trainData, validationData, channel));
            }
            catch (ExternalException error) when (Devices.IsOutOfMemory(error))
            {
                throw Devices.OutOfMemory(error, _options.BatchSize);
            }
            finally
            {
                torch.set_num_threads(before);
                // ONNX Runtime takes them from the thread that makes the process's first session, as the trained network is about to be.
                if (flags is { } ofCaller)
                    FloatControl.OfThisSystem!.Flags = ofCaller;
            }
        }
    }

    /// <summary>The columns of the input and the two that are added.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ShapeChecks.Features(inputSchema, _options.FeatureColumnName, WantsSequence);
        var label = ShapeChecks.Label(inputSchema, _options.LabelColumnName);
        var added = ScoreColumns.ShapesOf(label);
        return new SchemaShape(inputSchema.Where(column => added.All(other => other.Name != column.Name)).Concat(added));
    }

    private NetworkPredictionTransformer Train(IDataView trainView, IDataView? validationView, IChannel channel)
    {
        var device = Devices.Find(_options.Device);
        var reader = new DataReader(_options, WantsSequence, channel);
        var willSplit = _options.ValidationFraction > 0 && validationView is null;
        using var data = reader.Read(trainView, "training data", device, withGroups: willSplit);
        using var given = validationView is null ? null : reader.Read(validationView, "validation data", device, withGroups: false);
        var labels = LabelNames.Of(trainView.Schema[_options.LabelColumnName]);
        if (given is not null)
            CheckSameKind(data, labels, given, LabelNames.Of(validationView!.Schema[_options.LabelColumnName]));
        if (!WantsSequence && FeatureForm.Of(trainView.Schema[_options.FeatureColumnName]).IsSpectrogram)
            channel.Warning($"The feature column '{_options.FeatureColumnName}' is a spectrogram: this network takes all "
                + $"{data.Shape} as if they had no order. Crnn, Attention, Lstm, Gru and Rnn are made for spectrograms.");
        var seed = _options.Seed ?? _contextSeed ?? Random.Shared.Next();
        var (training, validation) = Split(data, given, seed);
        CheckLearnable(data, training);

        TorchRandomness.Seed(RandomStreams.SeedOf(seed, RandomStreams.Weights), device);
        using var network = CreateNetwork(data.Shape, data.ClassCount);
        if (_options.StartFrom is { } start)
        {
            network.LoadOnnx(start.OnnxGraph.ToArray());
            if (!start.ClassNames.SequenceEqual(labels.AsText(data.ClassCount)))
                channel.Warning($"The model to start from knows {string.Join(", ", start.ClassNames)}, but the labels are "
                    + $"{string.Join(", ", labels.AsText(data.ClassCount))}: what it learned of a class goes to the one in its place.");
        }
        else if (_options.StandardizeInputs)
        {
            var (means, deviations) = data.Moments(training);
            network.Standardize(means, deviations);
        }
        network.to(device);
        channel.Info(string.Create(CultureInfo.InvariantCulture,
            $"Training {network.GetName()} with {network.ParameterCount} parameters on {training.Length} rows of {data.Shape}, "
            + $"{validation.Length} for validation, on {device}, threads {torch.get_num_threads()}, seed {seed}."));
        var loop = new TrainingLoop(_options, network, seed, channel);
        var temperature = loop.Run(data, training, validation.Length == 0 ? null : given ?? data, validation);
        network.eval();
        return new NetworkPredictionTransformer(_host, new OnnxNetwork(network.ToOnnx(temperature)), _options.FeatureColumnName, labels);
    }

    private static void CheckSameKind(TrainingData data, LabelNames labels, TrainingData given, LabelNames givenLabels)
    {
        if (given.Shape != data.Shape || given.ClassCount != data.ClassCount)
            throw new ArgumentException($"The validation data has {given.Shape} and {given.ClassCount} classes, "
                + $"the training data {data.Shape} and {data.ClassCount}.");
        var (names, givenNames) = (labels.AsText(data.ClassCount), givenLabels.AsText(data.ClassCount));
        if (labels.Type is not null && givenLabels.Type is not null && !names.SequenceEqual(givenNames))
            throw new ArgumentException($"The validation data's classes are {string.Join(", ", givenNames)}, the training data's "
                + $"{string.Join(", ", names)}. Make both keys with one fitted MapValueToKey.");
    }

    private (int[] Training, int[] Validation) Split(TrainingData data, TrainingData? given, int seed)
    {
        var all = Enumerable.Range(0, data.RowCount).ToArray();
        if (given is not null)
            return (all, [.. Enumerable.Range(0, given.RowCount)]);
        if (_options.ValidationFraction > 0)
            return ValidationSplit.Draw(data, _options.ValidationFraction, RandomStreams.Of(seed, RandomStreams.Split).Next());
        if (_options.EarlyStoppingPatience is not null)
            throw new ArgumentException(
                $"{nameof(_options.EarlyStoppingPatience)} needs a validation part: set {nameof(_options.ValidationFraction)}, "
                + "or give Fit validation data.");
        return (all, []);
    }

    private void CheckLearnable(TrainingData data, int[] training)
    {
        var counts = data.ClassCounts(training);
        if (counts.Count(count => count > 0) < 2)
            throw new ArgumentException($"The training data ({Plural.Of(training.Length, "row")}) has one class in "
                + $"'{_options.LabelColumnName}': there is nothing to tell apart.");
        if (data.Weights is { } weights && !training.Any(row => weights[row] > 0))
            throw new ArgumentException($"The training data ({Plural.Of(training.Length, "row")}) has no weight above 0 in "
                + $"'{_options.ExampleWeightColumnName}'.");
        if (_options is SequenceOptions { CropFrames: null } && !data.IsEven)
            throw new ArgumentException(
                $"The rows of '{_options.FeatureColumnName}' have from {data.Lengths.Min() / data.Shape.Size} to "
                + $"{data.Lengths.Max() / data.Shape.Size} frames. "
                + $"Train on parts of them with {nameof(SequenceOptions.CropFrames)}, or make them one length with FixLength.");
    }
}
