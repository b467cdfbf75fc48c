using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;

namespace SongMood.Cli.Learning;

/// <summary>Learns moods from labelled songs: computes their features once, then trains on any part of them.</summary>
internal sealed class Learner
{
    private readonly MLContext _context;
    private readonly Recipe _recipe;
    private readonly LabelledSongs _songs;
    private readonly FeatureTable _table;
    private readonly FrontEnd? _frontEnd;
    private readonly DataViewSchema _inputSchema;

    private Learner(MLContext context, Recipe recipe, LabelledSongs songs, FeatureTable table, FrontEnd? frontEnd, DataViewSchema inputSchema)
    {
        _context = context;
        _recipe = recipe;
        _songs = songs;
        _table = table;
        _frontEnd = frontEnd;
        _inputSchema = inputSchema;
    }

    /// <param name="context">ML.NET.</param>
    /// <param name="recipe">What to compute and how to learn.</param>
    /// <param name="songs">The labels.</param>
    /// <param name="featurePath">The feature file that holds what would be computed, or null: it is computed now.</param>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="cancellation">Stops listening.</param>
    public static async Task<Learner> PrepareAsync(
        MLContext context, Recipe recipe, LabelledSongs songs, string? featurePath, ToolConsole console, CancellationToken cancellation)
    {
        if (!recipe.Listens)
        {
            var numbers = FeatureTable.OfNumbers(songs);
            return new Learner(context, recipe, songs, numbers, null, Only(numbers.View(context, []).Schema[Recipe.FeatureColumn]));
        }
        var frontEnd = FrontEnd.Of(context, recipe);
        float[][] features;
        if (featurePath is null)
            features = await console.WithProgressAsync("Listening", songs.Songs.Count, step => ListenAsync(context, frontEnd, songs, step, cancellation));
        else
            using (var file = FeatureFile.Open(context, featurePath))
                features = file.FeaturesOf(songs, frontEnd);
        return new Learner(context, recipe, songs, FeatureTable.OfSongs(songs, frontEnd, features), frontEnd, frontEnd.InputSchema);
    }

    /// <summary>Trains on some of the songs; what comes out takes the features, not yet the audio.</summary>
    public ITransformer Fit(IReadOnlyList<int> songs, Action<string?> step, CancellationToken cancellation) =>
        _recipe.Learner(_context, step, cancellation).Fit(_table.View(_context, songs));

    /// <summary>The probabilities of the moods for some of the songs.</summary>
    public float[][] Score(ITransformer fitted, IReadOnlyList<int> songs) =>
        [.. fitted.Transform(_table.View(_context, songs)).GetColumn<float[]>("Score")];

    /// <summary>Writes the whole pipeline, from the audio on.</summary>
    public void Save(ITransformer fitted, string path)
    {
        var whole = _frontEnd is null ? fitted : new TransformerChain<ITransformer>(_frontEnd.Transformer, fitted);
        AtomicFile.Write(path, stream => _context.Model.Save(whole, _inputSchema, stream));
    }

    /// <summary>Predicts every song by a model that has not heard its group, and measures the predictions together.</summary>
    public async Task<(MoodMetrics Metrics, double[] FoldAccuracies)> CrossValidateAsync(
        int foldCount, int seed, ToolConsole console, CancellationToken cancellation)
    {
        var folds = StratifiedSplit.Folds(_songs.MoodIndices, [.. _songs.Songs.Select(song => song.Group)], foldCount, seed);
        var all = Enumerable.Range(0, folds.Length).ToArray();
        for (var fold = 0; fold < foldCount; fold++)
            CheckMoods(all.Where(song => folds[song] != fold), fold, foldCount);

        var probabilities = new float[folds.Length][];
        var accuracies = new double[foldCount];
        await console.WithProgressAsync("Cross-validating", foldCount * _recipe.Epochs, step => Task.Run(() =>
        {
            for (var fold = 0; fold < foldCount; fold++)
            {
                var held = all.Where(song => folds[song] == fold).ToArray();
                var note = $"fold {fold + 1} of {foldCount}";
                var fitted = Fit([.. all.Where(song => folds[song] != fold)], epoch => step($"{note}, {epoch}"), cancellation);
                cancellation.ThrowIfCancellationRequested();
                foreach (var (song, scores) in held.Zip(Score(fitted, held)))
                    probabilities[song] = scores;
                (fitted as IDisposable)?.Dispose();
                accuracies[fold] = Measure(held, probabilities).Accuracy;
            }
            return true;
        }, cancellation));
        return (Measure(all, probabilities), accuracies);
    }

    private MoodMetrics Measure(int[] songs, float[][] probabilities) => MoodMetrics.Compute(
        _songs.Moods, [.. songs.Select(song => _songs.MoodIndices[song])], [.. songs.Select(song => probabilities[song])]);

    private void CheckMoods(IEnumerable<int> training, int fold, int foldCount)
    {
        var present = training.Select(song => _songs.MoodIndices[song]).ToHashSet();
        foreach (var (index, mood) in _songs.Moods.Index())
            if (!present.Contains(index))
                throw new LabelledDataException(_songs.File, null, "mood", $"all songs of the mood '{mood}' fall into fold {fold + 1} of {foldCount}, so that the others "
                    + "cannot teach it. Add songs of that mood by other artists, or ask for other folds (--cross-validate, --group, --seed).");
    }

    private static async Task<float[][]> ListenAsync(
        MLContext context, FrontEnd frontEnd, LabelledSongs songs, Action<string?> step, CancellationToken cancellation)
    {
        using var extractor = new FeatureExtractor(context, frontEnd, songs.File);
        var features = new List<float[]>(songs.Songs.Count);
        await foreach (var song in OrderedParallel.SelectAsync(songs.Songs, extractor.Compute, cancellation))
        {
            features.Add(song);
            step(null);
        }
        return [.. features];
    }

    private static DataViewSchema Only(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
