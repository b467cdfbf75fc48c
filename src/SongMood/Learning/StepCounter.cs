using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>Counts the steps of an activity and reports each.</summary>
internal sealed class StepCounter
{
    private readonly IProgress<LearningProgress>? _progress;
    private readonly LearningActivity _activity;
    private readonly int _count;
    private int _done, _lastEpoch;

    public StepCounter(IProgress<LearningProgress>? progress, LearningActivity activity, int count)
    {
        (_progress, _activity, _count) = (progress, activity, count);
        Report();
    }

    public void Step(string? note = null, SongDamage? damage = null)
    {
        _done++;
        Report(note ?? damage?.ToString(), damage);
    }

    public void Step(EpochReport epoch, HeldOutPart? part = null)
    {
        // The first one of a training that goes on from a checkpoint is not its first epoch.
        _done += epoch.Epoch > _lastEpoch ? epoch.Epoch - _lastEpoch : epoch.Epoch;
        _lastEpoch = epoch.Epoch;
        var fold = part is { PartCount: > 1 } ? part.Part + 1 : default(int?);
        Report((fold is null ? "" : $"fold {fold} of {part!.PartCount}, ")
            + FormattableString.Invariant(
                $"epoch {epoch.Epoch} of {epoch.EpochCount}, loss {epoch.TrainingLoss:F3}, accuracy {epoch.TrainingAccuracy:P0}"),
            fold: fold, epoch: epoch);
    }

    private void Report(string? note = null, SongDamage? damage = null, int? fold = null, EpochReport? epoch = null) =>
        _progress?.Report(new LearningProgress
        {
            Activity = _activity,
            StepsDone = _done,
            StepCount = _count,
            Note = note,
            Damage = damage,
            Fold = fold,
            Epoch = epoch,
        });
}
