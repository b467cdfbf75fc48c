using Microsoft.ML.Runtime;
using SongMood.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>
/// Trains a network: epochs of shuffled batches, a measurement over the whole validation part after each, the best weights in the
/// end. The network is on the data's device.
/// </summary>
internal sealed class TrainingLoop(NetworkOptions options, Network network, int seed, IChannel channel)
{
    // Whole spectrograms are large: a measurement needs no more of them at once.
    private const int ValidationBatchOfSequences = 16;

    private readonly SequenceOptions? _sequence = options as SequenceOptions;

    /// <summary>Trains, and returns the temperature that the logits are to be divided by.</summary>
    /// <param name="data">What to learn from.</param>
    /// <param name="rows">The rows of it that are the training part.</param>
    /// <param name="validationData">What to measure on (often the same), or null.</param>
    /// <param name="validationRows">The rows of that which are the validation part.</param>
    public float Run(TrainingData data, int[] rows, TrainingData? validationData, int[] validationRows)
    {
        var validationBatch = _sequence is null ? options.BatchSize : Math.Min(options.BatchSize, ValidationBatchOfSequences);
        var validation = validationData is null ? null : new Validation(validationData, validationRows, validationBatch);
        var sampler = new RowSampler(data, rows, options.Sampling, options.BatchSize);
        using var loss = new Loss(Loss.ClassWeights(options.ClassWeights, data.ClassCounts(rows), data.Device), options.LabelSmoothing);
        using var optimizer = Optimizers.Create(options, network.parameters());
        using var best = new BestWeights();
        var progress = new Progress();
        var checkpoint = options.CheckpointFolder is null ? null : new Checkpoint(
            options.CheckpointFolder, Fingerprint.Of(options, network, seed, data, rows, validationData, validationRows));
        if (checkpoint?.TryLoad(progress, network, best, optimizer, data.Device) == true)
            channel.Info($"Going on from epoch {progress.Epoch} of the checkpoint in '{options.CheckpointFolder}'.");
        var reports = new ReportSinks(options, channel, progress.Epoch);
        network.train();

        using var order = TorchRandomness.InOneOrder(data.Device, channel);
        using var flush = new SubnormalFlush(channel, FloatControl.OfThisSystem);
        while (progress.Epoch < options.Epochs && !IsExhausted(progress, validation))
        {
            var (trainingLoss, trainingAccuracy, rate, finished) = RunEpoch(progress.Epoch + 1, data, sampler, loss, optimizer);
            if (!finished)
            {
                channel.Info($"Cancelled in epoch {progress.Epoch + 1}.");
                if (progress.Epoch == 0)
                    throw new OperationCanceledException(
                        "Training was cancelled before the first epoch ended: there is no model yet.", options.CancellationToken);
                break;
            }
            progress.Epoch++;
            var measured = validation?.Measure(network);
            // The epoch's own loss was measured before its last step.
            if (measured is { } whole ? !double.IsFinite(whole.Loss) : checkpoint is not null && !network.IsFinite())
                throw Diverged(FormattableString.Invariant($"after epoch {progress.Epoch} the network gives no numbers"));
            var isBest = measured is null || measured.Value.Loss < progress.BestLoss;
            if (isBest && measured is not null)
            {
                (progress.BestEpoch, progress.BestLoss) = (progress.Epoch, measured.Value.Loss);
                best.Take(network);
            }
            checkpoint?.Save(progress, network, best, optimizer);
            var elapsed = progress.Elapsed;
            reports.Add(new EpochReport
            {
                Epoch = progress.Epoch,
                EpochCount = options.Epochs,
                TrainingLoss = trainingLoss,
                TrainingAccuracy = trainingAccuracy,
                ValidationLoss = measured?.Loss,
                ValidationAccuracy = measured?.Accuracy,
                LearningRate = rate,
                IsBest = isBest,
                Elapsed = elapsed,
                Remaining = elapsed / progress.Epoch * (options.Epochs - progress.Epoch),
            });
        }

        if (validation is null)
            return network.IsFinite() ? 1 : throw Diverged("the network gives no numbers");
        best.Restore(network);
        if (!options.CalibrateTemperature)
            return 1;
        validation.Measure(network);
        return validation.FitTemperature();
    }

    private bool IsExhausted(Progress progress, Validation? validation)
    {
        if (validation is null || options.EarlyStoppingPatience is not { } patience || progress.Epoch - progress.BestEpoch < patience)
            return false;
        channel.Info($"The validation loss has not fallen since epoch {progress.BestEpoch}: stopped early.");
        return true;
    }

    private static InvalidOperationException Diverged(string sign) =>
        new($"Training diverged: {sign}. Lower the learning rate, or set GradientClipNorm.");

    /// <summary>One time through the training part. Not finished where it was cancelled.</summary>
    private (double Loss, double Accuracy, double Rate, bool Finished) RunEpoch(
        int epoch, TrainingData data, RowSampler sampler, Loss loss, optim.Optimizer optimizer)
    {
        TorchRandomness.Seed(RandomStreams.SeedOf(seed, RandomStreams.FirstEpoch + epoch), data.Device);
        var random = RandomStreams.Of(seed, RandomStreams.FirstEpoch + epoch);
        using var epochScope = NewDisposeScope();
        var order = sampler.Draw(random);
        var indices = data.Indices(order);
        var rate = options.LearningRate;
        var lossSum = zeros(1, device: data.Device);
        var rightSum = zeros(1, ScalarType.Int64, device: data.Device);
        for (var i = 0; i < sampler.BatchCount; i++)
        {
            if (options.CancellationToken.IsCancellationRequested)
                return default;
            rate = options.LearningRate * options.Schedule.Factor(epoch - 1 + (double)i / sampler.BatchCount, options.Epochs);
            Optimizers.SetLearningRate(optimizer, rate);
            using var scope = NewDisposeScope();
            var (start, count) = sampler.Batch(i);
            Step(data, order.AsSpan(start, count), indices.narrow(0, start, count), random, loss, optimizer, lossSum, rightSum);
        }
        var mean = lossSum.item<float>() / order.Length;
        if (!float.IsFinite(mean))
            throw Diverged(FormattableString.Invariant($"the loss of epoch {epoch} is {mean}"));
        return (mean, (double)rightSum.item<long>() / order.Length, rate, true);
    }

    private void Step(
        TrainingData data, ReadOnlySpan<int> rows, Tensor indices, Random random, Loss loss, optim.Optimizer optimizer,
        Tensor lossSum, Tensor rightSum)
    {
        var x = _sequence?.CropFrames is { } frames ? data.Crops(rows, frames, random) : data.Batch(indices);
        var labels = data.LabelsOf(indices);
        var weights = data.Weights is not null ? data.WeightsOf(indices) : null;
        if (_sequence is not null)
            x = Augmentation.Mask(x, network.InputMean, _sequence);

        optimizer.zero_grad();
        Tensor logits, mean;
        if (options.MixupAlpha > 0)
        {
            var share = Augmentation.MixupShare(options.MixupAlpha, random);
            var partner = randperm(rows.Length, device: data.Device);
            logits = network.call(x.Times(share).Plus(x.index_select(0, partner).Times(1 - share))).Logits;
            mean = loss.Mean(logits, labels, weights).Times(share).Plus(
                loss.Mean(logits, labels.index_select(0, partner), weights?.index_select(0, partner)).Times(1 - share));
        }
        else
        {
            logits = network.call(x).Logits;
            mean = loss.Mean(logits, labels, weights);
        }
        mean.backward();
        if (options.GradientClipNorm is { } norm)
            nn.utils.clip_grad_norm_(network.parameters(), norm);
        optimizer.step();

        using var gradients = no_grad();
        lossSum.AddInPlace(mean.detach(), rows.Length);
        rightSum.AddInPlace(logits.argmax(1).eq(labels).sum());
    }
}
