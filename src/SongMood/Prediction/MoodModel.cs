using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>A saved pipeline taken apart: the step that decodes audio, and the rest, which needs nothing but its waveform.</summary>
internal sealed class MoodModel : IDisposable
{
    private const string ScoreColumn = ScoreColumns.Score;

    private readonly ITransformer _whole;

    private MoodModel(ITransformer whole, LoadAudioTransformer decoder, IRowToRowMapper mapper, DataViewSchema.Column score, string[] moods)
    {
        _whole = whole;
        Decoder = decoder;
        Mapper = mapper;
        Score = score;
        Moods = moods;
        Embedding = mapper.OutputSchema.GetColumnOrNull(ScoreColumns.Embedding);
    }

    public LoadAudioTransformer Decoder { get; }

    /// <summary>From the columns behind the decoder to the scores.</summary>
    public IRowToRowMapper Mapper { get; }

    public DataViewSchema.Column Score { get; }

    public IReadOnlyList<string> Moods { get; }

    /// <summary>What the last network computes before its last layer; null where no network of ours ends the model.</summary>
    public DataViewSchema.Column? Embedding { get; }

    /// <summary>The same steps taken apart where patches are heard; null where none are, or where they are not all that counts.</summary>
    public PatchSteps? Patches { get; private init; }

    /// <summary>All steps in order, behind <see cref="InputSchema"/>.</summary>
    public required ITransformer[] Steps { get; init; }

    /// <summary>The columns that the model was saved with.</summary>
    public required DataViewSchema InputSchema { get; init; }

    /// <summary>Numbers of an embedding; 0 where the model gives none.</summary>
    public int EmbeddingSize => (Patches?.Embedding ?? Embedding)?.Type is VectorDataViewType vector ? vector.Size : 0;

    /// <summary>What SongMood noted beside the pipeline.</summary>
    public ModelNotes Notes { get; private init; } = new();

    public IWaveformScorer CreateScorer() => Patches is null ? new RowScorer(this) : new PatchScorer(Patches);

    public static MoodModel Load(MLContext context, Stream stream, string name)
    {
        var (whole, inputSchema) = ModelFile.Read(context, stream, name);
        try
        {
            return ModelFile.Guard(name, () => TakeApart(whole, inputSchema, stream, name));
        }
        catch
        {
            (whole as IDisposable)?.Dispose();
            throw;
        }
    }

    public void Dispose() => (_whole as IDisposable)?.Dispose();

    private static MoodModel TakeApart(ITransformer whole, DataViewSchema inputSchema, Stream zip, string name)
    {
        var steps = WithOneDecoder([.. PipelineSteps.Of(whole)], inputSchema, name);
        if (steps.OfType<NetworkTransformer>().LastOrDefault() is { } network)
            network.TellsEmbedding = true;
        if (PipelineSteps.FromDecoder(steps, inputSchema) is not var (decoder, _, mapper))
            throw new MoodModelException($"{name}: the model has no LoadAudio step, so it cannot take a song. Its input columns are "
                + $"{Names(inputSchema)}; its steps are {string.Join(", ", steps.Select(step => step.GetType().Name))}.");
        if (!TryGetMoods(mapper.OutputSchema, out var score, out var moods))
            throw new MoodModelException(
                $"{name}: the model has no column '{ScoreColumn}' of scores with a name each, as a classifier writes it. "
                + $"It writes {Names(mapper.OutputSchema)}.");
        var needed = mapper.GetDependencies([score]).Where(column => column.Name != decoder.OutputColumnName).ToArray();
        if (needed.Length > 0)
            throw new MoodModelException($"{name}: the model also needs {Names(needed)}, which a song alone does not have. "
                + "Load it with mlContext.Model.Load and give it a view with these columns.");
        zip.Position = 0;
        return new MoodModel(whole, decoder, mapper, score, moods)
        {
            Steps = steps,
            InputSchema = inputSchema,
            Patches = PatchSteps.Find(steps, inputSchema),
            Notes = ModelNotes.Read(zip),
        };
    }

    /// <summary>
    /// The same steps, but that a song is decoded once: what an ensemble's members decode, or several steps, comes from one step before the
    /// network. Steps that it does not need are left out.
    /// </summary>
    private static ITransformer[] WithOneDecoder(ITransformer[] steps, DataViewSchema inputSchema, string name)
    {
        if (Array.FindLastIndex(steps, step => step is NetworkTransformer) is not (>= 0 and var at))
            return steps;
        var network = (NetworkTransformer)steps[at];
        var inside = network.Inputs.Sum(input => CountDecoders(input.Steps));
        if (inside == 0 && CountDecoders(steps.Take(at)) < 2)
            return steps;
        var whole = network.TakeIn(steps[..at], inputSchema);
        return whole.TakeOutDecoder() is var (decoder, scorer) ? [decoder, scorer, .. steps[(at + 1)..]] : throw new MoodModelException(
            $"{name}: the networks' inputs do not all begin with the same LoadAudio, so they cannot take one song "
            + $"({string.Join("; ", whole.Inputs)}). "
            + "Train them behind one, with the same options, or load the model with mlContext.Model.Load.");

        static int CountDecoders(IEnumerable<ITransformer> some) => some.Count(step => step is LoadAudioTransformer);
    }

    /// <summary>The score column and the names of its slots, as ML.NET's trainers and ours annotate them.</summary>
    public static bool TryGetMoods(DataViewSchema schema, out DataViewSchema.Column score, [NotNullWhen(true)] out string[]? moods)
    {
        moods = null;
        score = schema.GetColumnOrNull(ScoreColumn) ?? default;
        if (score.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single
            || ColumnNames.OfSlots(score) is not { Length: > 0 } names)
            return false;
        moods = names;
        return true;
    }

    private static string Names(IEnumerable<DataViewSchema.Column> columns) =>
        string.Join(", ", columns.Select(column => $"'{column.Name}' ({column.Type})"));
}
