using System.Text.Json.Serialization;
using SongMood.Alterations;
using SongMood.Scoring;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>How moods are learnt from songs. What is null takes the network's own default.</summary>
public sealed record MoodLearningOptions
{
    private const int MostCopies = 100;
    private const int LongestSeconds = 1_000_000; // as of LoadAudioOptions.DurationSeconds

    private readonly SongInput? _inputs;

    /// <summary>
    /// What is learnt from, which decides the networks that fit. Default <see cref="SongInput.Embedding"/>; where it is not set, it is
    /// <see cref="SongInput.Mel"/> for a <see cref="Network"/> that hears one frame after the other, and for others what
    /// <see cref="FeatureFile"/>, or else <see cref="StartFromModel"/>, was made from.
    /// </summary>
    public SongInput Inputs
    {
        get => _inputs ?? (Network?.Kind?.IsSequence() == true ? SongInput.Mel : SongInput.Embedding);
        init => _inputs = value;
    }

    /// <summary>How much of each song is listened to, from its start; above 0, to 1,000,000. Default null: all of it.</summary>
    public double? Seconds { get; init; }

    /// <summary>Which network, and its sizes. Default <see cref="NetworkChoice.Default"/>.</summary>
    public NetworkChoice Network { get; init; } = NetworkChoice.Default;

    /// <summary>Passes over the songs, at least 1. Default null.</summary>
    public int? Epochs { get; init; }

    /// <summary>Songs a step, at least 2. Default null.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The optimiser's step size, above 0. Default null.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The same seed gives the same result on the same machine. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Networks that are trained, each on songs drawn with replacement, and averaged; at least 1. Default 1: one network on all songs.
    /// </summary>
    public int Bags { get; init; } = 1;

    /// <summary>
    /// Altered copies of each song that are learnt from beside it, 0 to 100: other pitch, tempo, filters and beginnings, within
    /// <see cref="Alterations"/>. What is measured is never altered, nor is a copy of it learnt from. Each copy takes as long to listen to
    /// and as much memory as its song. Default 0.
    /// </summary>
    public int AlteredCopies { get; init; }

    /// <summary>How far copies are altered at most. Default: as <see cref="AudioAlterationOptions"/> says.</summary>
    public AudioAlterationOptions Alterations { get; init; } = new();

    /// <summary>
    /// The folds in which songs are held out to find below which score the finished model is unsure
    /// (<see cref="Prediction.PredictionConfidence"/>), each of which takes about as long as the model itself: 2 or more, or 0 to leave
    /// that out. Fewer than 50 songs, or fewer groups than folds, leave it out, too. Default (null): 5 where numbers are learnt from, 0
    /// for spectrograms.
    /// </summary>
    public int? ConfidenceFolds { get; init; }

    /// <summary>
    /// A file that <see cref="FeatureExtraction"/> wrote from the same songs with the same <see cref="Inputs"/> and <see cref="Seconds"/>,
    /// so that no song is decoded. Default null: songs are listened to when it is first needed.
    /// </summary>
    public string? FeatureFile { get; init; }

    /// <summary>
    /// The share of the songs learnt from that is kept aside, with all songs of their groups, and measured after each epoch: the network is
    /// that of the epoch with the lowest loss on them, and its probabilities are made right on them by a temperature. From 0 to below 1.
    /// Default 0: all songs are learnt from, and the network is the last epoch's.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary>
    /// Training stops when the loss on the songs kept aside has not fallen for this many epochs; at least 1; needs
    /// <see cref="ValidationFraction"/>. Default null: all epochs.
    /// </summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>
    /// A folder where <see cref="MoodLearning.FitAsync"/> keeps what is heard and, after each epoch, what is learnt. Run again with the
    /// same songs and options after it was stopped or killed, it goes on from there, to the model of an unbroken run. A folder of other
    /// songs or options is refused. Altered copies are heard again. Default null: nothing is kept.
    /// </summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// A model zip that <see cref="MoodLearning"/> made of the same moods, input and network: <see cref="MoodLearning.FitAsync"/> goes on
    /// from its weights and its scaling of the features. Nothing is held out to measure with it, as it may have learnt from any song: then
    /// <see cref="ConfidenceFolds"/> are 0. Default null: new weights.
    /// </summary>
    public string? StartFromModel { get; init; }

    /// <summary>
    /// Where networks are trained: "auto" (a CUDA device where there is one, else the CPU), "cpu", "cuda" or "cuda:N". Default "auto".
    /// </summary>
    public string Device { get; init; } = "auto";

    /// <summary>
    /// What <see cref="MoodLearning.FitAsync"/> does when it is cancelled once an epoch has ended: true gives the network as it is by then
    /// (with <see cref="ValidationFraction"/>, the best so far), false throws <see cref="OperationCanceledException"/>. Not for several
    /// networks. Default false.
    /// </summary>
    public bool KeepBestWhenCancelled { get; init; }

    /// <summary>
    /// What a report calls the groups that are kept apart, such as the column that they were read from. Default "artist".
    /// </summary>
    public string GroupName { get; init; } = "artist";

    /// <summary>The songs' numeric columns, for a report; they are those that the songs were read with.</summary>
    [JsonInclude]
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether <see cref="Inputs"/> were set, and are no default.</summary>
    internal bool InputsAreSet => _inputs is not null;

    /// <summary>Whether <see cref="Device"/> may be so.</summary>
    internal static bool IsDevice(string name) => Devices.IsName(name);

    /// <summary>The same, checked, with the inputs that the network, a feature file or a model to start from asks for.</summary>
    /// <exception cref="MoodLearningException">Options contradict each other or are out of range; the message lists all.</exception>
    /// <exception cref="LearningFileException">The feature file is none, or it is damaged.</exception>
    /// <exception cref="MoodModelException">The model to start from is none.</exception>
    internal MoodLearningOptions Settled()
    {
        var settled = InputsAreSet ? this : this with { Inputs = InputsOfFiles.Find(this) ?? Inputs };
        settled.Validate();
        return settled;
    }

    /// <exception cref="MoodLearningException">Options contradict each other or are out of range; the message lists all.</exception>
    internal void Validate()
    {
        var faults = new LearningFaults();
        faults.Need(Enum.IsDefined(Inputs), $"Inputs is {Inputs}; expected {string.Join(", ", Enum.GetNames<SongInput>())}.");
        faults.Need(Seconds is null or (> 0 and <= LongestSeconds), $"{Term.Seconds} is {Seconds}; expected above 0, to {LongestSeconds}.");
        faults.Need(Bags >= 1, $"{Term.Bags} is {Bags}; expected 1 network or more.");
        faults.Need(this is not { Bags: > 1, Inputs: SongInput.Both },
            $"{Term.Bags} repeats one network, and {Term.InputsBoth} trains two: leave one of the two out.");
        faults.Need(AlteredCopies is >= 0 and <= MostCopies, $"{Term.AlteredCopies} is {AlteredCopies}; expected 0 to {MostCopies}.");
        faults.Need(AlteredCopies == 0 || Inputs != SongInput.Columns,
            $"{Term.AlteredCopies} is for audio and {Term.Columns} for the label file's numbers: leave one of the two out.");
        faults.Need(AlteredCopies == 0 || FeatureFile is null,
            $"{Term.AlteredCopies} needs the audio, and {Term.FeatureFile} holds features of songs as they are: leave one of the two out.");
        faults.Need(Alterations is not null, $"{nameof(Alterations)} is null; expected bounds, such as new AudioAlterationOptions().");
        var wrong = new OptionFaults();
        Alterations?.Check(wrong);
        faults.Add(wrong, nameof(Alterations));
        faults.Need(ConfidenceFolds is null or 0 or >= 2,
            $"{Term.ConfidenceFolds} is {ConfidenceFolds}; expected 2 folds or more, 0 for none, or null.");
        CheckTraining(faults);
        faults.Need(FeatureFile is not "", $"{Term.FeatureFile} is empty; expected a file, or null.");
        faults.Need(FeatureFile is null || Inputs != SongInput.Columns,
            $"{Term.FeatureFile} is for what was computed of the audio and {Term.Columns} for the label file's numbers: leave one of the "
            + $"two out.");
        faults.Need(!string.IsNullOrEmpty(GroupName), $"{nameof(GroupName)} is empty; expected a word, such as \"artist\".");
        faults.Need(Network?.Hidden is not null, $"Network, or its list of sizes, is null; expected NetworkChoice.Default, or your own.");
        if (Enum.IsDefined(Inputs) && Network?.Hidden is not null)
            NetworkChecks.Check(this, faults);
        faults.ThrowIfAny();
    }

    private void CheckTraining(LearningFaults faults)
    {
        faults.Need(ValidationFraction is >= 0 and < 1,
            $"{Term.Validation} is {ValidationFraction}; expected a share from 0 to below 1.");
        faults.Need(EarlyStoppingPatience is null or >= 1, $"{Term.Patience} is {EarlyStoppingPatience}; expected 1 epoch or more.");
        faults.Need(EarlyStoppingPatience is null || ValidationFraction > 0,
            $"{Term.Patience} waits for a lower loss on songs that are kept aside: set {Term.Validation}, such as to 0.2.");
        faults.Need(CheckpointFolder is not "", $"{nameof(CheckpointFolder)} is empty; expected a folder, or null.");
        faults.Need(StartFromModel is not "", $"{Term.StartFrom} is empty; expected a model zip, or null.");
        var trainsSeveral = Bags > 1 || Inputs == SongInput.Both;
        faults.Need(StartFromModel is null || !trainsSeveral,
            $"{Term.StartFrom} goes on with one network, and {Term.Bags} and {Term.InputsBoth} train several: leave one of the two out.");
        faults.Need(StartFromModel is null || ConfidenceFolds is null or 0,
            $"{Term.ConfidenceFolds} hold songs out, but the model of {Term.StartFrom} may have learnt from them: leave one of the two "
            + $"out.");
        faults.Need(!KeepBestWhenCancelled || !trainsSeveral,
            $"{Term.KeepBest} keeps one network, and {Term.Bags} and {Term.InputsBoth} train several: leave one of the two out.");
    }

    /// <summary>What it takes to train the same again, by name, for a report.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Describe()
    {
        yield return new("inputs", Inputs.ToString().ToLowerInvariant());
        yield return new("network", NetworkRecipe.Describe(this));
        foreach (var chosen in Network.Describe())
            yield return chosen;
        if (Columns.Count > 0)
            yield return new("columns", string.Join(",", Columns));
        if (Bags > 1)
            yield return new("bags", $"{Bags}");
        if (AlteredCopies > 0)
            yield return new("altered copies", $"{AlteredCopies}");
        if (Seconds is not null)
            yield return new("seconds", FormattableString.Invariant($"{Seconds}"));
        if (Epochs is not null)
            yield return new("epochs", $"{Epochs}");
        if (BatchSize is not null)
            yield return new("batch", $"{BatchSize}");
        if (LearningRate is not null)
            yield return new("learning rate", FormattableString.Invariant($"{LearningRate}"));
        if (ValidationFraction > 0)
            yield return new("validation", FormattableString.Invariant($"{ValidationFraction}"));
        if (EarlyStoppingPatience is not null)
            yield return new("patience", $"{EarlyStoppingPatience}");
        if (StartFromModel is not null)
            yield return new("start from", StartFromModel);
        yield return new("seed", FormattableString.Invariant($"{Seed}"));
    }
}
