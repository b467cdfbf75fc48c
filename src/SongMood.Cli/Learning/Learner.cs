using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Training;

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
        SongFeatures[] features;
        if (featurePath is null)
            features = await console.WithProgressAsync("Listening", songs.Songs.Count, step => ListenAsync(context, frontEnd, songs, step, cancellation));
        else
            using (var file = FeatureFile.Open(context, featurePath))
                features = file.FeaturesOf(songs, frontEnd);
        return new Learner(context, recipe, songs, FeatureTable.OfSongs(songs, frontEnd, features), frontEnd, frontEnd.InputSchema);
    }

    /// <summary>The same songs and features, learnt from in another way.</summary>
    public Learner With(MLContext context, Recipe recipe) => new(context, recipe, _songs, _table, _frontEnd, _inputSchema);

    /// <summary>Trains on some of the songs; what comes out takes the features, not yet the audio.</summary>
    public ITransformer Fit(IReadOnlyList<int> songs, Action<string?> step, CancellationToken cancellation, Action<EpochReport>? onEpoch = null) =>
        _recipe.Learner(_context, step, cancellation, onEpoch).Fit(_table.View(_context, songs));

    /// <summary>The probabilities of the moods for some of the songs.</summary>
    public float[][] Score(ITransformer fitted, IReadOnlyList<int> songs) =>
        [.. fitted.Transform(_table.View(_context, songs)).GetColumn<float[]>("Score")];

    /// <summary>Writes the whole pipeline, from the audio on.</summary>
    public void Save(ITransformer fitted, string path)
    {
        var whole = _frontEnd is null ? fitted : new TransformerChain<ITransformer>(_frontEnd.Transformer, fitted);
        AtomicFile.Write(path, stream => _context.Model.Save(whole, _inputSchema, stream));
    }

    /// <summary>Predicts every song by a model that has not heard its group.</summary>
    public Task<HeldOutPredictions> CrossValidateAsync(int foldCount, int seed, ToolConsole console, CancellationToken cancellation) =>
        PredictHeldOutAsync(StratifiedSplit.Folds(_songs.MoodIndices, Groups, foldCount, seed), foldCount, console, cancellation);

    /// <summary>Predicts a share of the songs by a model that has learnt from the others, and has heard none of their groups.</summary>
    public Task<HeldOutPredictions> HoldOutAsync(double fraction, int seed, ToolConsole console, CancellationToken cancellation) =>
        PredictHeldOutAsync(Array.ConvertAll(StratifiedSplit.HoldOut(_songs.MoodIndices, Groups, fraction, seed), held => held ? 0 : -1), 1, console, cancellation);

    private string?[] Groups => [.. _songs.Songs.Select(song => song.Group)];

    /// <param name="parts">Of each song, the part that it is held out with; -1 for a song that is only learnt from.</param>
    /// <param name="partCount">How many parts there are.</param>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="cancellation">Stops training.</param>
    private async Task<HeldOutPredictions> PredictHeldOutAsync(int[] parts, int partCount, ToolConsole console, CancellationToken cancellation)
    {
        var all = Enumerable.Range(0, parts.Length).ToArray();
        float[][] probabilities = [.. all.Select(_ => Array.Empty<float>())];
        var curves = new List<EpochReport>[partCount];
        await console.WithProgressAsync(partCount > 1 ? "Cross-validating" : "Training", partCount * _recipe.Epochs, step => Task.Run(() =>
        {
            for (var part = 0; part < partCount; part++)
            {
                var held = all.Where(song => parts[song] == part).ToArray();
                var note = partCount > 1 ? $"fold {part + 1} of {partCount}, " : "";
                var curve = curves[part] = [];
                var fitted = Fit([.. all.Where(song => parts[song] != part)], epoch => step(note + epoch), cancellation, curve.Add);
                cancellation.ThrowIfCancellationRequested();
                foreach (var (song, scores) in held.Zip(Score(fitted, held)))
                    probabilities[song] = scores;
                (fitted as IDisposable)?.Dispose();
            }
            return true;
        }, cancellation));
        return new HeldOutPredictions(_songs, parts, probabilities, curves, SplitCheck.Of(_songs.Songs, parts, _table.Features));
    }

    private static async Task<SongFeatures[]> ListenAsync(
        MLContext context, FrontEnd frontEnd, LabelledSongs songs, Action<string?> step, CancellationToken cancellation)
    {
        using var extractor = new FeatureExtractor(context, frontEnd, songs.File);
        var features = new List<SongFeatures>(songs.Songs.Count);
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
