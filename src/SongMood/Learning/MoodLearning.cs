using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Prediction;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>
/// Learns moods from labelled songs. Their features are computed once, when they are first needed, and kept in memory; a measurement and a
/// model are trained on them. One thing at a time: torch's random numbers are one stream a process.
/// </summary>
/// <example><code>
/// var songs = LabelledSongs.Read("labels.csv");
/// var learning = new MoodLearning(songs, new MoodLearningOptions { Seed = 1 });
/// var judged = await learning.CrossValidateAsync(folds: 4);
/// Console.WriteLine($"{judged.What}: {judged.Metrics.Accuracy:P0}");
/// using var model = await learning.FitAsync();
/// model.Save("mine.zip");
/// </code></example>
public sealed class MoodLearning
{
    private const int DefaultConfidenceFolds = 5;

    private readonly LearningRecipe _recipe;
    private FeatureTable? _table;
    private (int Folds, HeldOutPredictions Held)? _crossValidated;

    /// <summary>Checks the songs and the options; nothing is heard or trained yet.</summary>
    /// <param name="songs">The songs. A song that the label file says twice counts once.</param>
    /// <param name="options">How to learn; null for the defaults.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, are out of range, or do not fit the songs; the message lists
    /// all that do.</exception>
    /// <exception cref="LabelledDataException">All songs have one mood, or one has no audio file.</exception>
    /// <exception cref="LearningFileException">The feature file, which shall say what is learnt from, is none, or is damaged.</exception>
    public MoodLearning(LabelledSongs songs, MoodLearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(songs);
        options = (options ?? new MoodLearningOptions()).Settled();
        Options = options.Inputs == SongInput.Columns ? options with { Columns = songs.FeatureColumns } : options;
        _recipe = new LearningRecipe(Options, songs.Songs.Count);
        if (_recipe.Listens)
            SongFault.RequireAudioPaths(songs);
        else if (songs.FeatureColumns.Count == 0)
            throw new MoodLearningException(
                $"{Term.Columns} needs songs that were read with numeric columns; those of {songs.File} were read without.");
        Songs = _recipe.Listens ? songs : songs.WithoutRepeats().Songs;
        Songs.RequireMoods(2);
    }

    /// <summary>The songs that are learnt from; its remarks say which were left out.</summary>
    public LabelledSongs Songs { get; }

    /// <summary>How moods are learnt; <see cref="MoodLearningOptions.Inputs"/> are set.</summary>
    public MoodLearningOptions Options { get; }

    /// <summary>Computes the features of the songs, or reads them, if that has not been done.</summary>
    /// <param name="progress">Told of each song, on the thread that asks.</param>
    /// <param name="cancellation">Stops listening.</param>
    /// <exception cref="LabelledDataException">A song cannot be read; the error names its line or its file.</exception>
    /// <exception cref="LearningFileException">The feature file is damaged, or of other songs or options.</exception>
    public async Task PrepareAsync(IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        _table ??= await FeatureTable.ComputeAsync(Songs, Options, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>The same songs and features, learnt from in another way.</summary>
    /// <param name="options">How; <see cref="MoodLearningOptions.Inputs"/>, where they are set, and
    /// <see cref="MoodLearningOptions.Seconds"/> must be the same, and so must be the altered copies.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, are out of range, or ask for other features.</exception>
    public MoodLearning With(MoodLearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.InputsAreSet)
            options = options with { Inputs = Options.Inputs };
        if ((options.Inputs, options.Seconds) != (Options.Inputs, Options.Seconds))
            throw new MoodLearningException($"{Term.Inputs} or {Term.Seconds} differ from those that the features were computed with.");
        if ((options.AlteredCopies, options.Alterations) != (Options.AlteredCopies, Options.Alterations)
            || (options.AlteredCopies > 0 && options.Seed != Options.Seed))
            throw new MoodLearningException(
                $"{Term.AlteredCopies}, or the bounds or the seed of the copies, differ from those that the features were computed with.");
        return new MoodLearning(Songs, options) { _table = _table };
    }

    /// <summary>Predicts every song by a model that has not heard its group, and measures what was said.</summary>
    /// <param name="folds">Into how many parts the songs are split, at least 2; songs of a group stay together.</param>
    /// <param name="progress">Told of songs and epochs, on the threads that work.</param>
    /// <param name="cancellation">Stops, also within a song, or after the step of training at hand.</param>
    /// <exception cref="ArgumentException">There are too few songs, or groups, for so many folds.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<EvaluationResult> CrossValidateAsync(
        int folds = 5, IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        var origin = Origin($"{nameof(MoodLearning)}.{nameof(CrossValidateAsync)}({folds})", new("folds", $"{folds}"));
        var held = await PredictAsync(HoldOut(folds), progress, cancellation).ConfigureAwait(false);
        _crossValidated = (folds, held);
        return EvaluationResult.OfHeldOut($"{folds}-fold cross-validation", Songs, held, origin);
    }

    /// <summary>Predicts a share of the songs by a model that has learnt from the others, and has heard none of their groups.</summary>
    /// <param name="share">How many of the songs are held out, above 0 and below 1.</param>
    /// <param name="progress">Told of songs and epochs, on the threads that work.</param>
    /// <param name="cancellation">Stops, also within a song, or after the step of training at hand.</param>
    /// <exception cref="ArgumentException">The share is out of range, or there are too few songs, or groups, to hold it out.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<EvaluationResult> HoldOutAsync(
        double share = 0.24, IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        var text = FormattableString.Invariant($"{share}");
        var origin = Origin($"{nameof(MoodLearning)}.{nameof(HoldOutAsync)}({text})", new("holdOut", text));
        var held = await PredictAsync(HoldOut(0, share), progress, cancellation).ConfigureAwait(false);
        return EvaluationResult.OfHeldOut($"Trained on {Plural.Of(Songs.Songs.Count - held.Songs.Count, "song")}, measured", Songs,
            held, origin);
    }

    /// <summary>
    /// Learns from all songs. Where they have been cross-validated in <see cref="MoodLearningOptions.ConfidenceFolds"/>, the folds are not
    /// trained again to find below which score the model is unsure.
    /// </summary>
    /// <param name="progress">Told of songs and epochs, on the threads that work.</param>
    /// <param name="cancellation">Stops, also within a song, or after the step of training at hand.</param>
    /// <exception cref="OperationCanceledException">It was stopped, and not asked to keep what there was by then
    /// (<see cref="MoodLearningOptions.KeepBestWhenCancelled"/>), or no epoch had ended.</exception>
    /// <exception cref="MoodLearningException">The model to start from does not fit the songs or the options.</exception>
    /// <exception cref="InvalidOperationException">The folder for checkpoints has one of other songs or options.</exception>
    public async Task<LearntModel> FitAsync(IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Options.CheckpointFolder is { } folder)
            Directory.CreateDirectory(folder); // which fails now, not after an hour of listening
        var context = new MLContext(Options.Seed);
        var start = Options.StartFromModel is { } path ? StartingModel.Read(context, path) : null;
        start?.CheckFits(Songs, _recipe.Listens ? FeaturePipeline.Of(context, _recipe) : null);
        await PrepareAsync(progress, cancellation).ConfigureAwait(false);
        var steps = new StepCounter(progress, LearningActivity.Training, _recipe.Epochs);
        var all = _table!.LearntView(context);
        EpochReport? last = null;
        var fitted = await Task.Run(() => Fit(context, all, start, epoch => steps.Step(last = epoch), cancellation), cancellation)
            .ConfigureAwait(false);
        if (!Options.KeepBestWhenCancelled)
            cancellation.ThrowIfCancellationRequested(); // a network that was stopped is not the one that was asked for
        var notes = new ModelNotes
        {
            Confidence = await MeasureConfidenceAsync(progress, cancellation).ConfigureAwait(false),
            Medians = Options.Inputs is SongInput.Descriptors or SongInput.Both ? _table.Medians() : null,
        };
        var (transformer, schema) = _table.Pipeline is { } pipeline
            ? (new TransformerChain<ITransformer>(pipeline.Transformer, fitted), pipeline.InputSchema)
            : (fitted, Only(all.Schema[LearningRecipe.FeatureColumn]));
        return new LearntModel(context, transformer, schema, Songs.Moods, notes)
        {
            WasCancelled = cancellation.IsCancellationRequested,
            LastEpoch = last?.Epoch ?? 0,
            EpochCount = last?.EpochCount ?? 0,
        };
    }

    private ITransformer Fit(
        MLContext context, IDataView all, StartingModel? start, Action<EpochReport> afterEpoch, CancellationToken cancellation)
    {
        var learner = _recipe.Classifier(context, (epoch, _) => afterEpoch(epoch), Checkpoints("model"), start, cancellation)
            .Append(LearningRecipe.Namer(context));
        return start is null ? learner.Fit(all)
            : new TransformerChain<ITransformer>(start.Scaling, learner.Fit(start.Scaling.Transform(all)));
    }

    private string? Checkpoints(string what) => Options.CheckpointFolder is { } folder ? Path.Combine(folder, what) : null;

    /// <summary>Null where it is not asked for or was stopped, or where there are too few songs or groups for it.</summary>
    private async Task<PredictionConfidence?> MeasureConfidenceAsync(IProgress<LearningProgress>? progress, CancellationToken cancellation)
    {
        var folds = Options.ConfidenceFolds
            ?? (Options.StartFromModel is not null || Options.Inputs is SongInput.Mel or SongInput.Both ? 0 : DefaultConfidenceFolds);
        var songs = Songs.Songs;
        if (folds == 0 || songs.Count < ConfidenceThreshold.FewestSongs
            || GroupName.Units(Enumerable.Range(0, songs.Count), song => songs[song].Group).Length < folds)
            return null;
        try
        {
            var held = _crossValidated is { } known && known.Folds == folds ? known.Held
                : await PredictAsync(HoldOut(folds), progress, cancellation, Checkpoints("confidence")).ConfigureAwait(false);
            return ConfidenceThreshold.Choose(held.Predictions);
        }
        catch (OperationCanceledException) when (Options.KeepBestWhenCancelled)
        {
            return null; // the network is whole
        }
    }

    /// <summary>How the songs are held out: in folds, or a share of them where one is given.</summary>
    /// <exception cref="ArgumentException">There are too few songs, or groups, to hold them out so.</exception>
    internal HeldOutParts HoldOut(int folds, double? share = null)
    {
        string?[] groups = [.. Songs.Songs.Select(song => song.Group)];
        return share is { } some ? HeldOutParts.Share(Songs.MoodIndices, groups, some, Options.Seed)
            : HeldOutParts.Folds(Songs.MoodIndices, groups, folds, Options.Seed);
    }

    /// <exception cref="MoodLearningException">There is a model to start from.</exception>
    internal async Task<HeldOutPredictions> PredictAsync(
        HeldOutParts parts, IProgress<LearningProgress>? progress, CancellationToken cancellation, string? checkpoints = null)
    {
        if (Options.StartFromModel is not null)
            throw new MoodLearningException(
                $"{Term.StartFrom} names a model that may have learnt from the songs that are held out, so what is measured on "
                + $"them would flatter. Leave {Term.StartFrom} out, or measure the finished model on other songs: {Term.MeasureModel}.");
        await PrepareAsync(progress, cancellation).ConfigureAwait(false);
        var context = new MLContext(Options.Seed);
        var steps = new StepCounter(progress, parts.Count > 1 ? LearningActivity.CrossValidating : LearningActivity.Training,
            parts.Count * _recipe.Epochs);
        List<EpochReport>[] curves = [.. parts.Select(_ => new List<EpochReport>())];
        var probabilities = await Task.Run(() => HeldOut.Predict(parts, part =>
        {
            var classifier = _recipe.Classifier(context, (epoch, isCurve) =>
            {
                if (isCurve)
                    curves[part.Part].Add(epoch);
                steps.Step(epoch, part);
            }, LearningRecipe.Below(checkpoints, "fold", part.Part), cancellation: cancellation);
            return HeldOut.FitAndScore(part, classifier, rows => _table!.LearntView(context, rows), rows => _table!.View(context, rows),
                cancellation: cancellation);
        }, cancellation), cancellation).ConfigureAwait(false);
        return new HeldOutPredictions(Songs, parts, probabilities, curves, SplitCheck.Of(Songs.Songs, parts.PartOf, _table!.Features));
    }

    private EvaluationOrigin Origin(string command, KeyValuePair<string, string> measuredBy) =>
        EvaluationOrigin.Now(command, Songs.File, Options.GroupName, Options.Seed, [.. Options.Describe(), measuredBy],
            Options.FeatureFile);

    private static DataViewSchema Only(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
