using SongMood.Training;

namespace SongMood.Learning;

/// <summary>How far a long piece of work is. It is reported on the thread that works.</summary>
public sealed record LearningProgress
{
    /// <summary>What is being done.</summary>
    public required LearningActivity Activity { get; init; }

    /// <summary>The steps that are done.</summary>
    public required int StepsDone { get; init; }

    /// <summary>How many steps there will be, at most: training may stop early.</summary>
    public required int StepCount { get; init; }

    /// <summary>
    /// The step that has just ended in words, such as "fold 1 of 5, epoch 3 of 40, loss 0.912, accuracy 64 %"; null where there is nothing
    /// to say.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>What is lost of the song that was just heard; null where nothing is.</summary>
    public SongDamage? Damage { get; init; }

    /// <summary>The fold whose model is being trained, from 1; null where there are no folds.</summary>
    public int? Fold { get; init; }

    /// <summary>How the epoch ended; null where nothing is trained.</summary>
    public EpochReport? Epoch { get; init; }

    /// <summary>Such as "Listening: 3 of 10 (song.mp3)".</summary>
    public override string ToString() => $"{Activity}: {StepsDone} of {StepCount}{(Note is null ? "" : $" ({Note})")}";
}
