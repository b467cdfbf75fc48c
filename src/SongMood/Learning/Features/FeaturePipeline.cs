using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Learning;

/// <summary>The steps of a pipeline from the path of a song to its features.</summary>
internal sealed class FeaturePipeline
{
    private readonly DataViewSchema.Column _features;
    private readonly DataViewSchema.Column? _mel;

    private FeaturePipeline(MLContext context, ITransformer transformer, DataViewSchema inputSchema, string description)
    {
        Transformer = transformer;
        InputSchema = inputSchema;
        Description = description;
        Fingerprint = Hash(context, transformer, inputSchema);
        var schema = transformer.GetOutputSchema(inputSchema);
        _features = schema[LearningRecipe.FeatureColumn];
        _mel = HasBoth(schema) ? schema[LearningRecipe.MelColumn] : null;
    }

    public ITransformer Transformer { get; }

    public DataViewSchema InputSchema { get; }

    /// <summary>What it computes, for people.</summary>
    public string Description { get; }

    /// <summary>The same for the same steps with the same options in the same version of SongMood.</summary>
    public string Fingerprint { get; }

    public VectorDataViewType FeatureType => (VectorDataViewType)_features.Type;

    /// <summary>The type of the mel spectrogram beside descriptors; null where only one of both is computed.</summary>
    public VectorDataViewType? MelType => (VectorDataViewType?)_mel?.Type;

    public FeatureTypes Types => new(FeatureType, MelType);

    /// <summary>The features' names; none for a spectrogram.</summary>
    public IReadOnlyList<string> SlotNames => ColumnNames.OfSlots(_features);

    /// <summary>Whether a song can have so many values.</summary>
    public bool Accepts(SongFeatures song) =>
        Accepts(FeatureType, song.Features.Length)
            && (MelType is null ? song.Mel is null : song.Mel is not null && Accepts(MelType, song.Mel.Length));

    /// <summary>Whether a song can have so many values, those of the mel spectrogram behind the others.</summary>
    public bool Accepts(long valueCount) =>
        MelType is null ? Accepts(FeatureType, valueCount) : Accepts(MelType, valueCount - FeatureType.Size);

    /// <summary>Takes apart the values of a song, those of the mel spectrogram behind the others.</summary>
    public SongFeatures Split(float[] values) => MelType is null
        ? new SongFeatures { Features = values }
        : new SongFeatures { Features = values[..FeatureType.Size], Mel = values[FeatureType.Size..] };

    public static FeaturePipeline Of(MLContext context, LearningRecipe recipe)
    {
        var paths = context.Data.LoadFromEnumerable<SongPath>([]);
        return new FeaturePipeline(context, recipe.Listener(context).Fit(paths), paths.Schema, recipe.ListenerDescription);
    }

    /// <summary>
    /// Takes apart a model that <see cref="MoodLearning"/> made; null where it does not listen, or was made in another way.
    /// </summary>
    public static (FeaturePipeline Pipeline, ITransformer Learnt)? Split(MLContext context, ITransformer model,
        DataViewSchema inputSchema, string name)
    {
        var steps = PipelineSteps.Of(model).ToArray();
        var schema = inputSchema;
        for (var count = 1; count < steps.Length; count++)
        {
            schema = steps[count - 1].GetOutputSchema(schema);
            if (steps[0] is LoadAudioTransformer && schema.GetColumnOrNull(LearningRecipe.FeatureColumn)?.Type is VectorDataViewType
                && (schema.GetColumnOrNull(LearningRecipe.PowerColumn) is null || HasBoth(schema)))
                return (new FeaturePipeline(context, Chain(steps[..count]), inputSchema, $"what {name} listens to"), Chain(steps[count..]));
        }
        return null;
    }

    private static bool HasBoth(DataViewSchema schema) =>
        schema.GetColumnOrNull(LearningRecipe.PowerColumn) is not null && schema.GetColumnOrNull(LearningRecipe.MelColumn) is not null;

    private static bool Accepts(VectorDataViewType type, long valueCount)
    {
        var perFrame = type.Dimensions.Where(size => size > 0).Aggregate(1L, (product, size) => product * size); // 0 stands for any number
        return type.IsKnownSize ? valueCount == perFrame : valueCount > 0 && valueCount % perFrame == 0;
    }

    private static TransformerChain<ITransformer> Chain(ITransformer[] steps) => new(steps);

    /// <summary>
    /// The hash of the model file that the steps alone would make, which holds every option; the zip around it holds the time.
    /// </summary>
    private static string Hash(MLContext context, ITransformer transformer, DataViewSchema inputSchema)
    {
        using var file = new MemoryStream();
        context.Model.Save(Chain([.. PipelineSteps.Of(transformer)]), inputSchema, file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(LoadAudioTransformer).Assembly.GetName().Version!.ToString().Select(c => (byte)c).ToArray());
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => !ModelFile.SaysVersion(entry)) // which is no option of ours
            .OrderBy(NameOf, StringComparer.Ordinal))
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(NameOf(entry)));
            hash.AppendData(content.GetBuffer().AsSpan(0, (int)content.Length));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        static string NameOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/'); // ML.NET writes the system's own separator
    }
}
