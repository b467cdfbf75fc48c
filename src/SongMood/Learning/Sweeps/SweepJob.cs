namespace SongMood.Learning;

/// <summary>What a worker of a sweep must know.</summary>
/// <param name="Data">The label file.</param>
/// <param name="SongsHash">The hash of the songs in it: a worker that reads others would measure something else.</param>
/// <param name="Folds">Folds to cross-validate by, where no share is held out.</param>
/// <param name="HoldOut">The share of the songs that is held out; null where there are folds.</param>
/// <param name="Options">What all trials share.</param>
internal sealed record SweepJob(string Data, string SongsHash, int Folds, double? HoldOut, MoodLearningOptions Options)
{
    public static SweepJob Of(MoodLearning learning, MoodSweepOptions options) =>
        new(learning.Songs.File, SweepIdentity.Hash(learning.Songs), options.Folds, options.HoldOut, learning.Options);

    /// <summary>Reads the songs anew.</summary>
    /// <exception cref="InvalidOperationException">They are others than those of the sweep.</exception>
    public MoodLearning Read()
    {
        var songs = Directory.Exists(Data) ? LabelledSongs.FromFolders(Data) : LabelledSongs.Read(Data, new LabelledSongsOptions
        {
            RequireAudio = Options.Inputs != SongInput.Columns && Options.FeatureFile is null,
            FeatureColumns = Options.Columns,
            GroupColumn = Options.GroupName,
        });
        var learning = new MoodLearning(songs, Options);
        return SweepIdentity.Hash(learning.Songs) == SongsHash ? learning
            : throw new InvalidOperationException(
                $"{Data} has other songs now than when the sweep began, or they were read with other options than "
                + $"{nameof(LabelledSongsOptions.GroupColumn)} '{Options.GroupName}': a worker reads them by the label file alone. Sweep "
                + "without workers.");
    }
}

/// <summary>What a worker is asked to do.</summary>
internal sealed record TrialRequest(int Trial, int Epochs, MoodLearningOptions Options);
