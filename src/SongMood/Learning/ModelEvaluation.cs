using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Prediction;
using SongMood.Scoring;

namespace SongMood.Learning;

/// <summary>Measures a finished model on labelled songs.</summary>
/// <example><code>
/// var model = ModelEvaluation.Open("moods.zip");
/// var judged = await model.RunAsync(LabelledSongs.Read("labels.csv", model.LabelOptions()));
/// Console.WriteLine($"{judged.Metrics.Accuracy:P0} ({judged.Intervals.Accuracy})");
/// </code></example>
public sealed class ModelEvaluation
{
    private readonly string _path;
    private readonly IReadOnlyList<string>? _columns;

    private ModelEvaluation(string path, IReadOnlyList<string> moods, IReadOnlyList<string>? columns) =>
        (_path, Moods, _columns) = (path, moods, columns);

    /// <summary>The moods that the model tells apart, in the order of its scores.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Looks at a model.</summary>
    /// <param name="modelPath">A zip that <see cref="LearntModel.Save"/> or <c>mlContext.Model.Save</c> wrote.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model.</exception>
    public static ModelEvaluation Open(string modelPath)
    {
        var moods = ModelDescription.Read(modelPath).Moods; // and says so if the file is no model
        using var numeric = NumericModel.TryOpen(modelPath);
        return new ModelEvaluation(modelPath, moods, numeric?.Columns);
    }

    /// <summary>
    /// How to read the label file of songs that the model shall be measured on: with their audio, or with the numeric columns that it
    /// takes.
    /// </summary>
    /// <param name="featureFile">The feature file that will be taken instead of the audio, or null.</param>
    /// <param name="groupColumn">The column of the groups; null for the usual one.</param>
    /// <param name="needsAudio">False where only the songs' names are needed: <see cref="ModelEvaluationOptions.TrainedOn"/>.</param>
    public LabelledSongsOptions LabelOptions(string? featureFile = null, string? groupColumn = null, bool needsAudio = true) => new()
    {
        GroupColumn = groupColumn ?? LabelledSongsOptions.DefaultGroupColumn,
        RequireAudio = needsAudio && _columns is null && featureFile is null,
        FeatureColumns = _columns ?? [],
        MinimumMoods = 1,
    };

    /// <summary>Measures the model.</summary>
    /// <param name="songs">Songs that it has not learnt from, read with <see cref="LabelOptions"/>.</param>
    /// <param name="options">What is known besides; null for the defaults.</param>
    /// <param name="progress">Told of each song.</param>
    /// <param name="cancellation">Stops after the songs at hand.</param>
    /// <exception cref="LabelledDataException">A song has a mood that the model does not know, or cannot be read; the error names its
    /// line.</exception>
    /// <exception cref="LearningFileException">The feature file is damaged, or is not of these songs and this model.</exception>
    /// <exception cref="MoodLearningException">The model cannot take a feature file, or the songs were read without its
    /// columns.</exception>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all that are.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<EvaluationResult> RunAsync(LabelledSongs songs, ModelEvaluationOptions? options = null,
        IProgress<LearningProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(songs);
        options ??= new ModelEvaluationOptions();
        options.Validate();
        var origin = EvaluationOrigin.Now($"{nameof(ModelEvaluation)}.{nameof(RunAsync)}", songs.File, options.GroupName, options.Seed,
            [new("model", _path)], options.FeatureFile);
        var actual = MoodIndices(songs); // before minutes of listening
        var probabilities = _columns is not null ? ScoreNumbers(songs, options.FeatureFile)
            : options.FeatureFile is not null ? ScoreFeatures(songs, options.FeatureFile)
            : await ScoreAudioAsync(songs, progress, cancellation).ConfigureAwait(false);
        // The songs measured and those that the model was trained on are the two parts of a split.
        var check = options.TrainedOn is not { } learnt ? null
            : SplitCheck.Of([.. songs.Songs, .. learnt.Songs], [.. songs.Songs.Select(_ => 0), .. learnt.Songs.Select(_ => 1)]);
        var predictions = new Predictions(Moods, actual, probabilities, [.. songs.Songs.Select(song => song.Group)]);
        return new EvaluationResult(_path, songs, songs.Songs, predictions, origin) { Check = check };
    }

    private async Task<float[][]> ScoreAudioAsync(LabelledSongs songs, IProgress<LearningProgress>? progress,
        CancellationToken cancellation)
    {
        SongFault.RequireAudioPaths(songs);
        using var predictor = MoodPredictor.Load(_path);
        var steps = new StepCounter(progress, LearningActivity.Listening, songs.Songs.Count);
        var all = new List<float[]>();
        await foreach (var prediction in OrderedParallel.SelectAsync(
            songs.Songs, (song, stop) => Score(predictor, songs, song, stop), cancellation).ConfigureAwait(false))
        {
            steps.Step(damage: prediction.Remarks.FirstOrDefault(remark => remark.Kind == PredictionRemarkKind.Damage) is { } damage
                ? new SongDamage(songs.Songs[all.Count].AudioPath!, damage.Text) : null);
            all.Add([.. prediction.Scores.Values]);
        }
        return [.. all];
    }

    private float[][] ScoreNumbers(LabelledSongs songs, string? featureFile)
    {
        if (featureFile is not null)
            throw new MoodLearningException(
                $"{_path} was trained on columns of a label file, so it cannot take {Term.FeatureFile}. Leave {Term.FeatureFile} out.");
        if (!songs.FeatureColumns.SequenceEqual(_columns!))
            throw new MoodLearningException(
                $"{_path} takes the columns {string.Join(", ", _columns!)}; the songs of {songs.File} were read with "
                + $"{(songs.FeatureColumns.Count == 0 ? "none" : string.Join(", ", songs.FeatureColumns))}. Read them with LabelOptions.");
        using var model = NumericModel.TryOpen(_path)!;
        return model.Score(songs.Songs.Select(song => song.Features));
    }

    private float[][] ScoreFeatures(LabelledSongs songs, string featureFile)
    {
        var context = new MLContext();
        using var stream = ModelFile.Open(_path);
        var (model, schema) = ModelFile.Read(context, stream, _path);
        using (model as IDisposable)
        {
            if (FeaturePipeline.Split(context, model, schema, _path) is not var (pipeline, rest))
                throw new MoodLearningException(
                    $"{_path} was not made by {Term.ModelMaker} to listen to songs, so it cannot take {Term.FeatureFile}. Leave "
                    + $"{Term.FeatureFile} out.");
            using var file = FeatureFile.Open(context, featureFile);
            return Scores(rest, FeatureTable.OfSongs(songs, pipeline, file.FeaturesOf(songs, pipeline)), context);
        }
    }

    private static float[][] Scores(ITransformer model, FeatureTable table, MLContext context) =>
        [.. model.Transform(table.View(context)).GetColumn<float[]>(ScoreColumns.Score)];

    private int[] MoodIndices(LabelledSongs songs)
    {
        // Spelt in another way, a mood is the same, as in a label file. A model of two such moods, made elsewhere, tells them apart as they
        // are.
        var bySpelling = Moods.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var byMood = Moods.Index().ToLookup(pair => MoodSpellings.Key(pair.Item), pair => pair.Index);
        return [.. songs.Songs.Select(song => bySpelling.TryGetValue(song.Mood, out var index) ? index
            : byMood[MoodSpellings.Key(song.Mood)].ToArray() is [var one] ? one
            : throw SongFault.Of(songs.File, song, "mood",
                $"'{song.Mood}' is no mood of {_path}, which knows {string.Join(", ", Moods)}."))];
    }

    private static MoodPrediction Score(MoodPredictor predictor, LabelledSongs songs, LabelledSong song, CancellationToken cancellation)
    {
        try
        {
            return predictor.Predict(song.AudioPath!, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw SongFault.Unreadable(songs.File, song, error);
        }
    }

    /// <summary>Such as "moods.zip tells apart happy, sad".</summary>
    public override string ToString() =>
        $"{_path} tells {(Moods.Count == 0 ? "no named classes apart" : $"apart {string.Join(", ", Moods)}")}";
}
