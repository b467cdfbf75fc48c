using System.Text.Json;
using System.Text.Json.Serialization;
using SongMood.Scoring;

namespace SongMood.Prediction;

/// <summary>What SongMood keeps in a model's zip beside the pipeline, which ML.NET passes over (docs/model-format.md).</summary>
internal sealed record ModelNotes
{
    private const string EntryName = "SongMood/notes.json";
    private const int MostBytes = 1 << 24;

    /// <summary>Below which score the model is unsure; null where nobody measured it.</summary>
    public PredictionConfidence? Confidence { get; init; }

    /// <summary>The median of each feature among the songs that were learnt from, by the feature's name; null where it has none.</summary>
    public IReadOnlyDictionary<string, float>? Medians { get; init; }

    /// <summary>Makes .NET compile what <see cref="Read"/> needs.</summary>
    public static void Compile() => JsonSerializer.Deserialize("{}"u8, ModelNotesJson.Default.ModelNotes);

    /// <summary>As an entry of a model's zip.</summary>
    public (string Name, byte[] Content) ToEntry() =>
        (EntryName, JsonSerializer.SerializeToUtf8Bytes(this, ModelNotesJson.Default.ModelNotes));

    /// <summary>Those of a model's zip; empty ones where it has none.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static ModelNotes Read(Stream zip)
    {
        if (ModelFile.ReadEntry(zip, EntryName, MostBytes) is not { } content)
            return new ModelNotes();
        try
        {
            var notes = JsonSerializer.Deserialize(content, ModelNotesJson.Default.ModelNotes);
            return notes is not null && notes.Confidence is not { IsValid: false } && notes.Medians?.Values.All(float.IsFinite) != false
                ? notes : throw new InvalidDataException($"{EntryName} in it holds no shares from 0 to 1, or no numbers; train it anew");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{EntryName} in it is damaged: {error.Message}");
        }
    }
}

/// <summary>The JSON code, written when this is compiled: where an app forbids reflection, there is no other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelNotes))]
internal sealed partial class ModelNotesJson : JsonSerializerContext;
