using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Cli.Learning;
using SongMood.Evaluation;
using SongMood.Learning;
using SongMood.Prediction;

namespace SongMood.Cli.Evaluate;

/// <summary>Measures a finished model on labelled songs.</summary>
internal sealed class ModelEvaluation(string modelPath, string data, string? trainedOn, EvaluationOrigin origin)
{
    private const string Unknown = "whether the model has learnt from these songs or their {0}s cannot be checked, as it does not keep their names; "
        + "--trained-on takes the label file that it was trained on";

    public async Task<EvaluationResult> RunAsync(string? features, ToolConsole console, CancellationToken cancellation)
    {
        var moods = ModelDescription.Read(modelPath).Moods; // and says so if the file is no model
        var columns = NumericColumns();
        var learnt = trainedOn is null ? null : Read(trainedOn, audio: false, columns ?? []);
        var (songs, probabilities) = columns is not null
            ? features is null ? ScoreNumbers(columns)
                : throw new ArgumentException($"{modelPath} was trained on columns of a label file, so it cannot take --features. Leave --features out.")
            : features is not null ? ScoreFeatures(features)
            : await ScoreAudioAsync(console, cancellation);
        // The songs measured and those that the model was trained on are the two parts of a split.
        var check = learnt is null ? null
            : SplitCheck.Of([.. songs.Songs, .. learnt.Songs], [.. songs.Songs.Select(_ => 0), .. learnt.Songs.Select(_ => 1)]);
        return new EvaluationResult(modelPath, songs, songs.Songs,
            new Predictions(moods, MoodIndices(songs, moods), probabilities, [.. songs.Songs.Select(song => song.Group)]), origin)
        {
            Check = check,
            CheckText = check?.Describe(origin.Group, "part") ?? [string.Format(Unknown, origin.Group)],
        };
    }

    private async Task<(LabelledSongs Songs, float[][] Probabilities)> ScoreAudioAsync(ToolConsole console, CancellationToken cancellation)
    {
        using var predictor = MoodPredictor.Load(modelPath);
        var songs = Read(data, audio: true, []);
        MoodIndices(songs, predictor.Moods); // before minutes of listening
        var probabilities = await console.WithProgressAsync("Listening", songs.Songs.Count, async step =>
        {
            var all = new List<float[]>();
            await foreach (var scores in OrderedParallel.SelectAsync(songs.Songs, song => Score(predictor, songs, song), cancellation))
            {
                all.Add(scores);
                step(null);
            }
            return all;
        });
        return (songs, [.. probabilities]);
    }

    private (LabelledSongs Songs, float[][] Probabilities) ScoreNumbers(string[] columns)
    {
        var context = new MLContext();
        var model = context.Model.Load(modelPath, out _);
        using (model as IDisposable)
        {
            var songs = Read(data, audio: false, columns);
            return (songs, Scores(model, FeatureTable.OfNumbers(songs), context));
        }
    }

    private (LabelledSongs Songs, float[][] Probabilities) ScoreFeatures(string features)
    {
        var context = new MLContext();
        var model = context.Model.Load(modelPath, out var schema);
        using (model as IDisposable)
        {
            if (FrontEnd.Split(context, model, schema, modelPath) is not var (frontEnd, rest))
                throw new InvalidDataException($"{modelPath} was not made by 'songmood train' to listen to songs, so it cannot take --features. Leave --features out.");
            var songs = Read(data, audio: false, []);
            using var file = FeatureFile.Open(context, features);
            return (songs, Scores(rest, FeatureTable.OfSongs(songs, frontEnd, file.FeaturesOf(songs, frontEnd)), context));
        }
    }

    private LabelledSongs Read(string file, bool audio, string[] columns) => LabelledSongs.Read(file,
        new LabelledSongsOptions { RequireAudio = audio, FeatureColumns = columns, GroupColumn = origin.Group, MinimumMoods = 1 });

    private static float[][] Scores(ITransformer model, FeatureTable table, MLContext context) =>
        [.. model.Transform(table.View(context, [.. Enumerable.Range(0, table.Features.Count)])).GetColumn<float[]>("Score")];

    /// <summary>The columns that a model trained with --columns was trained on, or null: another model.</summary>
    private string[]? NumericColumns()
    {
        new MLContext().Model.Load(modelPath, out var schema);
        if (schema.GetColumnOrNull(Recipe.FeatureColumn) is not { } column || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private int[] MoodIndices(LabelledSongs songs, IReadOnlyList<string> moods)
    {
        var indexOf = moods.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. songs.Songs.Select(song => indexOf.TryGetValue(song.Mood, out var index) ? index
            : throw new LabelledDataException(songs.File, song.Line, "mood",
                $"'{song.Mood}' is no mood of {modelPath}, which knows {string.Join(", ", moods)}."))];
    }

    private static float[] Score(MoodPredictor predictor, LabelledSongs songs, LabelledSong song)
    {
        try
        {
            return [.. predictor.Predict(song.AudioPath!).Scores.Values];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new LabelledDataException(songs.File, song.Line, "path", $"{error.Message} Mend the file or remove the row.", error);
        }
    }
}
