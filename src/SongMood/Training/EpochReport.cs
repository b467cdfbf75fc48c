namespace SongMood.Training;

/// <summary>How training stands after an epoch.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch that has ended, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many there will be, at most.</summary>
    public required int EpochCount { get; init; }

    /// <summary>The mean loss over all rows of the epoch, as they were trained on (augmented, with dropout).</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The share of those rows that were sorted right; under mixup, by the larger part of each row.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>The mean cross entropy over the whole validation part, or null where there is none.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The share of the validation part that is sorted right, or null.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The rate at the epoch's end.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Whether this epoch's weights are the best so far. Without validation the latest are.</summary>
    public bool IsBest { get; init; }

    /// <summary>The time since training began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>An estimate of the time that is left, from the epochs so far, for all epochs.</summary>
    public TimeSpan Remaining { get; init; }

    /// <summary>Such as "epoch 7 of 100: loss 0.8123, accuracy 68.0 %; validation loss 0.9012, accuracy 61.5 %, best so far".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"epoch {Epoch} of {EpochCount}: loss {TrainingLoss:F4}, accuracy {100 * TrainingAccuracy:F1} %")
        + (ValidationLoss is { } loss && ValidationAccuracy is { } accuracy
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"; validation loss {loss:F4}, accuracy {100 * accuracy:F1} %") : "")
        + (IsBest ? ", best so far" : "");
}
