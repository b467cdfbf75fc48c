using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Training;

namespace SongMood.Learning;

/// <summary>
/// Learns moods from labelled songs. Their features are computed once, when they are first needed, and kept in memory; a measurement and a
/// model are trained on them. One thing at a time: torch's random numbers are one stream a process.
/// </summary>
public sealed class MoodLearning
{
    private readonly LearningRecipe _recipe;
    private FeatureTable? _table;
    private FeaturePipeline? _pipeline;

    /// <summary>Checks the songs and the options; nothing is heard or trained yet.</summary>
    /// <param name="songs">The songs. A song that the label file says twice counts once.</param>
    /// <param name="options">How to learn; null for the defaults.</param>
    /// <exception cref="MoodLearningException">Options contradict each other or do not fit the songs.</exception>
    /// <exception cref="ArgumentException">Options of the network are out of range; the message lists all that are.</exception>
    /// <exception cref="LabelledDataException">All songs have one mood, or one has no audio file.</exception>
    public MoodLearning(LabelledSongs songs, MoodLearningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(songs);
        options ??= new MoodLearningOptions();
        Options = options.Inputs == SongInput.Columns ? options with { Columns = songs.FeatureColumns } : options;
        _recipe = new LearningRecipe(Options);
        if (_recipe.Listens)
            CheckAudio(songs, Options.FeatureFile is null);
        else if (songs.FeatureColumns.Count == 0)
            throw new MoodLearningException(
                $"{Term.Columns} needs songs that were read with numeric columns; those of {songs.File} were read without.");
        Songs = _recipe.Listens ? songs : songs.WithoutRepeats().Songs;
        Songs.RequireMoods(2);
    }

    /// <summary>The songs that are learnt from; its remarks say which were left out.</summary>
    public LabelledSongs Songs { get; }

    /// <summary>How is learnt.</summary>
    public MoodLearningOptions Options { get; }

    /// <summary>Epochs of one training, of all networks together.</summary>
    internal int EpochCount => _recipe.Epochs;

    internal bool Listens => _recipe.Listens;

    /// <summary>Computes the features of the songs, or reads them, if that has not been done.</summary>
    /// <param name="progress">Told of each song, on the thread that asks.</param>
    /// <param name="cancellation">Stops listening.</param>
    /// <exception cref="LabelledDataException">A song cannot be read; the error names its line or its file.</exception>
    /// <exception cref="LearningFileException">The feature file is damaged, or of other songs or options.</exception>
    public async Task PrepareAsync(IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (_table is not null)
            return;
        if (!_recipe.Listens)
        {
            _table = FeatureTable.OfNumbers(Songs);
            return;
        }
        var context = new MLContext(Options.Seed);
        var pipeline = FeaturePipeline.Of(context, _recipe);
        SongFeatures[] features;
        if (Options.FeatureFile is null)
            features = await ListenAsync(pipeline, progress, cancellation).ConfigureAwait(false);
        else
            using (var file = FeatureFile.Open(context, Options.FeatureFile))
                features = file.FeaturesOf(Songs, pipeline);
        (_table, _pipeline) = (FeatureTable.OfSongs(Songs, pipeline, features), pipeline);
    }

    /// <summary>The same songs and features, learnt from in another way.</summary>
    /// <param name="options">How; <see cref="MoodLearningOptions.Inputs"/> and <see cref="MoodLearningOptions.Seconds"/> must be the
    /// same.</param>
    /// <exception cref="MoodLearningException">Options contradict each other, or ask for other features.</exception>
    /// <exception cref="ArgumentException">Options of the network are out of range; the message lists all that are.</exception>
    public MoodLearning With(MoodLearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if ((options.Inputs, options.Seconds) != (Options.Inputs, Options.Seconds))
            throw new MoodLearningException($"{Term.Inputs} or Seconds differ from those that the features were computed with.");
        return new MoodLearning(Songs, options) { _table = _table, _pipeline = _pipeline };
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
        var held = await PredictFoldsAsync(folds, progress, cancellation).ConfigureAwait(false);
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
        var held = await PredictShareAsync(share, progress, cancellation).ConfigureAwait(false);
        return EvaluationResult.OfHeldOut($"Trained on {Plural.Of(Songs.Songs.Count - held.Songs.Count, "song")}, measured", Songs,
            held, origin);
    }

    /// <summary>Learns from all songs.</summary>
    /// <param name="progress">Told of songs and epochs, on the threads that work.</param>
    /// <param name="cancellation">Stops, also within a song, or after the step of training at hand.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<LearntModel> FitAsync(IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        await PrepareAsync(progress, cancellation).ConfigureAwait(false);
        var context = new MLContext(Options.Seed);
        var steps = new StepCounter(progress, LearningActivity.Training, _recipe.Epochs);
        var all = _table!.View(context, [.. Enumerable.Range(0, Songs.Songs.Count)]);
        var fitted = await Task.Run(() => _recipe.Learner(context, (epoch, _) => steps.Step(epoch), cancellation)
            .Append(LearningRecipe.Namer(context)).Fit(all), cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested(); // a network that was stopped is not the one that was asked for
        return _pipeline is null
            ? new LearntModel(context, fitted, Only(all.Schema[LearningRecipe.FeatureColumn]), Songs.Moods)
            : new LearntModel(context, new TransformerChain<ITransformer>(_pipeline.Transformer, fitted),
                _pipeline.InputSchema, Songs.Moods);
    }

    internal Task<HeldOutPredictions> PredictFoldsAsync(int folds, IProgress<LearningProgress>? progress, CancellationToken cancellation) =>
        PredictHeldOutAsync(StratifiedSplit.Folds(Songs.MoodIndices, Groups, folds, Options.Seed), folds, progress, cancellation);

    internal Task<HeldOutPredictions> PredictShareAsync(double share, IProgress<LearningProgress>? progress,
        CancellationToken cancellation) =>
        PredictHeldOutAsync(Array.ConvertAll(StratifiedSplit.HoldOut(Songs.MoodIndices, Groups, share, Options.Seed),
            held => held ? 0 : -1), 1, progress, cancellation);

    private string?[] Groups => [.. Songs.Songs.Select(song => song.Group)];

    private async Task<HeldOutPredictions> PredictHeldOutAsync(
        int[] parts, int partCount, IProgress<LearningProgress>? progress, CancellationToken cancellation)
    {
        await PrepareAsync(progress, cancellation).ConfigureAwait(false);
        var context = new MLContext(Options.Seed);
        var steps = new StepCounter(progress, partCount > 1 ? LearningActivity.CrossValidating : LearningActivity.Training,
            partCount * _recipe.Epochs);
        List<EpochReport>[] curves = [.. Enumerable.Range(0, partCount).Select(_ => new List<EpochReport>())];
        var probabilities = await Task.Run(() => HeldOut.Predict(parts, partCount, part =>
        {
            var learner = _recipe.Learner(context, (epoch, isCurve) =>
            {
                if (isCurve)
                    curves[part.Part].Add(epoch);
                steps.Step(epoch, part);
            }, cancellation);
            return HeldOut.FitAndScore(part, learner, rows => _table!.View(context, rows), cancellation: cancellation);
        }, cancellation), cancellation).ConfigureAwait(false);
        return new HeldOutPredictions(Songs, parts, probabilities, curves, SplitCheck.Of(Songs.Songs, parts, _table!.Features));
    }

    private async Task<SongFeatures[]> ListenAsync(
        FeaturePipeline pipeline, IProgress<LearningProgress>? progress, CancellationToken cancellation)
    {
        using var extractor = new FeatureExtractor(pipeline, Songs.File);
        var steps = new StepCounter(progress, LearningActivity.Listening, Songs.Songs.Count);
        var features = new List<SongFeatures>(Songs.Songs.Count);
        await foreach (var song in OrderedParallel.SelectAsync(Songs.Songs, extractor.Compute, cancellation).ConfigureAwait(false))
        {
            features.Add(song);
            steps.Step();
        }
        return [.. features];
    }

    private EvaluationOrigin Origin(string command, KeyValuePair<string, string> measuredBy) =>
        EvaluationOrigin.Now(command, Songs.File, Options.GroupName, Options.Seed, [.. Options.Describe(), measuredBy],
            Options.FeatureFile);

    private static void CheckAudio(LabelledSongs songs, bool isHeard)
    {
        if (isHeard && songs.Songs.FirstOrDefault(song => song.AudioPath is null) is { } silent)
            throw SongFault.Of(songs.File, silent, "path", "the cell is empty. Fill it or remove the row.");
    }

    private static DataViewSchema Only(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
