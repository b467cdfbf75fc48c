using SongMood.Cli.Learning;
using SongMood.Evaluation;
using SongMood.Learning;

namespace SongMood.Cli.Sweep;

/// <summary>What all trials of a sweep share.</summary>
/// <param name="Data">The label file.</param>
/// <param name="Group">The column of what must not be on both sides of a split.</param>
/// <param name="Features">The feature file; null for numeric columns.</param>
/// <param name="Folds">Folds to cross-validate by; null where a share is held out.</param>
/// <param name="HoldOut">The share of the songs that is held out; null where there are folds.</param>
/// <param name="Baseline">The settings that are not swept over.</param>
internal sealed record SweepJob(string Data, string Group, string? Features, int? Folds, double? HoldOut, TrainingSettings Baseline)
{
    /// <param name="console">Where songs that are left out are named; null for a worker, of which there are many.</param>
    /// <exception cref="ArgumentException">There are too few songs, or groups, to split them so.</exception>
    public void CheckSplit(LabelledSongs songs)
    {
        string?[] groups = [.. songs.Songs.Select(song => song.Group)];
        if (HoldOut is { } share)
            StratifiedSplit.HoldOut(songs.MoodIndices, groups, share, Baseline.Seed);
        else
            StratifiedSplit.Folds(songs.MoodIndices, groups, Folds!.Value, Baseline.Seed);
    }

    public LabelledSongs ReadSongs(ToolConsole? console = null) => TrainingOptions.ReadSongs(Data, Group, Features, Baseline).WithoutRepeats(console);
}

/// <summary>What a worker is asked to do.</summary>
internal sealed record TrialRequest(int Trial, int Epochs, TrainingSettings Settings);
