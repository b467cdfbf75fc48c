using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Pretrained;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Prediction;

/// <summary>What a model zip holds, for people to look at.</summary>
public sealed record ModelDescription
{
    /// <summary>The size of the zip, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The version of ML.NET that wrote it, or null where it does not say.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>The columns that it was trained on, with their types.</summary>
    public required IReadOnlyList<string> InputColumns { get; init; }

    /// <summary>The steps of its pipeline in order, with the columns that they read and write and the shape of what they write.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>The classes that it tells apart, in the order of its scores; none where it is no classifier with named classes.</summary>
    public required IReadOnlyList<string> Moods { get; init; }

    /// <summary>Below which score the model is unsure, and what that is worth; null where it does not say.</summary>
    public PredictionConfidence? Confidence { get; init; }

    /// <summary>Describes a model zip.</summary>
    /// <param name="modelPath">A zip written by <c>songmood train</c> or <c>mlContext.Model.Save</c>, of any pipeline.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MoodModelException">It is no model.</exception>
    public static ModelDescription Read(string modelPath)
    {
        using var stream = ModelFile.Open(modelPath);
        return Read(stream, modelPath);
    }

    /// <summary>Describes the model that comes with SongMood.</summary>
    /// <exception cref="MoodModelException">This build of SongMood carries no model.</exception>
    public static ModelDescription ReadPretrained()
    {
        using var stream = PretrainedModel.Open();
        return Read(stream, "the pretrained model");
    }

    /// <summary>Such as "takes Path: String; 8 steps; tells apart calm, energetic, happy, sad".</summary>
    public override string ToString() => $"takes {string.Join(", ", InputColumns)}; {Plural.Of(Steps.Count, "step")}; "
        + (Moods.Count == 0 ? "tells no named classes apart" : $"tells apart {string.Join(", ", Moods)}");

    private static ModelDescription Read(Stream stream, string name) => ModelFile.Guard(name, () =>
    {
        var (model, schema) = ModelFile.Read(new MLContext(), stream, name);
        using (model as IDisposable)
        {
            var inputs = schema.Select(column => $"{column.Name}: {column.Type}{SlotNames(column)}").ToArray();
            var steps = new List<string>();
            foreach (var step in PipelineSteps.Of(model))
            {
                var output = step.GetOutputSchema(schema);
                steps.Add(Describe(step, schema, output));
                schema = output;
            }
            MoodModel.TryGetMoods(schema, out _, out var moods);
            return new ModelDescription
            {
                SizeBytes = stream.Length,
                WrittenBy = ReadVersion(stream),
                InputColumns = inputs,
                Steps = steps,
                Moods = moods ?? [],
                Confidence = ModelNotes.Read(stream).Confidence,
            };
        }
    });

    /// <summary>Such as "MelSpectrogram: Audio -> Mel: Vector&lt;Single, 128, 0&gt;", where 0 stands for a size that varies.</summary>
    private static string Describe(ITransformer step, DataViewSchema before, DataViewSchema after)
    {
        var written = after.Skip(before.Count).Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}");
        var read = step switch
        {
            ColumnTransformer one => one.InputColumnName + " -> ",
            ConcatenateBlocksTransformer several => string.Join(", ", several.BlockColumnNames) + " -> ",
            NetworkTransformer ensemble => string.Join(", ", ensemble.Inputs) + " -> ",
            ISingleFeaturePredictionTransformer<object> predictor => predictor.FeatureColumnName + " -> ",
            _ => "",
        };
        return $"{step.GetType().Name}: {read}{string.Join(", ", written)}";
    }

    /// <summary>What the numbers of a column are called, such as " (energy, tempo)".</summary>
    private static string SlotNames(DataViewSchema.Column column) =>
        ColumnNames.OfSlots(column) is { Length: > 0 } names ? $" ({string.Join(", ", names)})" : "";

    private static string? ReadVersion(Stream stream)
    {
        stream.Position = 0;
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.FirstOrDefault(ModelFile.SaysVersion) is not { } version)
            return null;
        using var reader = new StreamReader(version.Open());
        return reader.ReadToEnd().Trim();
    }
}
