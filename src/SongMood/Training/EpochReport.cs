namespace SongMood.Training;

/// <summary>How training stands after an epoch.</summary>
/// <param name="Epoch">The epoch that has ended, from 1.</param>
/// <param name="EpochCount">How many there will be, at most.</param>
/// <param name="TrainingLoss">The mean loss over all rows of the epoch, as they were trained on (augmented, with dropout).</param>
/// <param name="TrainingAccuracy">The share of those rows that were sorted right; under mixup, by the larger part of each row.</param>
/// <param name="ValidationLoss">The mean cross entropy over the whole validation part, or null where there is none.</param>
/// <param name="ValidationAccuracy">The share of the validation part that is sorted right, or null.</param>
/// <param name="LearningRate">The rate at the epoch's end.</param>
/// <param name="IsBest">Whether this epoch's weights are the best so far. Without validation the latest are.</param>
/// <param name="Elapsed">Since training began.</param>
/// <param name="Remaining">An estimate from the epochs so far, for all epochs.</param>
public sealed record EpochReport(
    int Epoch,
    int EpochCount,
    double TrainingLoss,
    double TrainingAccuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    bool IsBest,
    TimeSpan Elapsed,
    TimeSpan Remaining);
