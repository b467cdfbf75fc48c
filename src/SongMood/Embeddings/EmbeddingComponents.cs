using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Embeddings;
using SongMood.Persistence;

[assembly: ComponentTable(typeof(EmbeddingComponents))]
[assembly: LoadableClass(typeof(ITransformer), typeof(EmbeddingComponents), null, typeof(SignatureLoadModel),
    "SongMood embedding", EmbeddingComponents.LoaderSignature)]

namespace SongMood.Embeddings;

/// <summary>
/// Which transformer a saved component of this package becomes (<see cref="ComponentFile"/>). Names stay for ever: model files carry them.
/// </summary>
internal sealed class EmbeddingComponents : IComponentTable
{
    public const string LoaderSignature = "SongMood"; // the assembly's name

    public IJsonTypeInfoResolver States => EmbeddingJson.Default;

    public object NewState(string name) => name == EmbedSpectrogramTransformer.Name
        ? new EmbedSpectrogramOptions()
        : throw new FormatException($"there is no component '{name}'; known is {EmbedSpectrogramTransformer.Name}");

    public ITransformer Create(IHostEnvironment env, SavedComponent saved) => new EmbedSpectrogramTransformer(env, saved.OutputColumnName,
        saved.InputColumnName ?? throw new FormatException("it names no input column"),
        (EmbedSpectrogramOptions)saved.State with
        {
            ModelBytes = saved.Network ?? throw new FormatException("there is no network beside it"),
        });

    // ML.NET finds this method by its name and parameters.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
        ComponentFile.Load(env, ctx, typeof(EmbeddingComponents).Assembly);
}

/// <summary>The JSON code of the states, written when this is compiled: where an app forbids reflection, there is no other.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EmbedSpectrogramOptions))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;
