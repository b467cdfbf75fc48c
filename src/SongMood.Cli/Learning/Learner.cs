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
    private readonly ITransformer? _frontEnd;
    private readonly DataViewSchema _inputSchema;

    private Learner(MLContext context, Recipe recipe, LabelledSongs songs, FeatureTable table, ITransformer? frontEnd, DataViewSchema inputSchema)
    {
        _context = context;
        _recipe = recipe;
        _songs = songs;
        _table = table;
        _frontEnd = frontEnd;
        _inputSchema = inputSchema;
    }

    public static async Task<Learner> PrepareAsync(MLContext context, Recipe recipe, LabelledSongs songs, ToolConsole console, CancellationToken cancellation)
    {
        if (!recipe.Listens)
        {
            var numbers = FeatureTable.OfNumbers(songs);
            return new Learner(context, recipe, songs, numbers, null, Only(numbers.View(context, []).Schema[Recipe.FeatureColumn]));
        }
        var paths = context.Data.LoadFromEnumerable<SongPath>([]);
        var frontEnd = recipe.FrontEnd(context).Fit(paths);
        var column = frontEnd.GetOutputSchema(paths.Schema)[Recipe.FeatureColumn];
        var features = await console.WithProgressAsync("Listening", songs.Songs.Count,
            step => FeatureExtraction.RunAsync(context, frontEnd, songs, step, cancellation));
        var table = new FeatureTable(songs, Recipe.FeatureColumn, (VectorDataViewType)column.Type, SlotNames(column), features);
        return new Learner(context, recipe, songs, table, frontEnd, paths.Schema);
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
        var whole = _frontEnd is null ? fitted : new TransformerChain<ITransformer>(_frontEnd, fitted);
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

    private static IReadOnlyList<string> SlotNames(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static DataViewSchema Only(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }
}
