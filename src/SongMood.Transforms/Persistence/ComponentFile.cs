using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

[assembly: LoadableClass(typeof(ITransformer), typeof(ComponentFile), null, typeof(SignatureLoadModel),
    "SongMood transform", ComponentFile.LoaderSignature)]

namespace SongMood.Persistence;

/// <summary>
/// Saves and loads every transformer of this package: a folder of the model file holds <c>component.json</c> beside ML.NET's own
/// header, which names this assembly, so that ML.NET finds it without any registration (docs/model-format.md).
/// </summary>
internal static class ComponentFile
{
    public const string LoaderSignature = "SongMood.Transforms";
    private const string EntryName = "component.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // A setting that this version does not know could change the numbers: refused rather than skipped.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static VersionInfo Version => new(
        modelSignature: "SONGMOOD",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        // Without a version: the run time refuses to load a lower one than asked for, and would say nothing that helps.
        loaderAssemblyName: typeof(ComponentFile).Assembly.GetName().Name);

    /// <summary>The content of <c>component.json</c>.</summary>
    internal sealed record Content
    {
        public required string Component { get; init; }
        public required string Output { get; init; }
        public required string Input { get; init; }
        public required JsonElement State { get; init; }

        /// <summary>The state as the component's own type.</summary>
        public T StateAs<T>() => State.Deserialize<T>(Json) ?? throw new FormatException("the state is null");
    }

    public static void Save(ModelSaveContext ctx, ColumnTransformer transformer, object state)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        var content = new Content
        {
            Component = transformer.ComponentName,
            Output = transformer.OutputColumnName,
            Input = transformer.InputColumnName,
            State = JsonSerializer.SerializeToElement(state, state.GetType(), Json),
        };
        ctx.SaveBinaryStream(EntryName, writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(content, Json)));
    }

    /// <summary>A copy of an options object, as it would come back from a model file: later changes have no effect on it.</summary>
    public static T Copy<T>(T options) => JsonSerializer.SerializeToElement(options, Json).Deserialize<T>(Json)!;

    // ML.NET finds this method by its name and parameters.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ITransformer? transformer = null;
        if (!ctx.TryLoadBinaryStream(EntryName, reader => transformer = Load(env, reader.BaseStream, ctx.Directory)))
            throw new FormatException($"The model file has no '{ctx.Directory}/{EntryName}': it is damaged; save it again");
        return transformer!;
    }

    private static ColumnTransformer Load(IHostEnvironment env, Stream stream, string folder)
    {
        Content? content = null;
        try
        {
            content = JsonSerializer.Deserialize<Content>(stream, Json) ?? throw new FormatException("it is null");
            return Components.Create(env, content);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            // No inner error: this one is then what GetBaseException finds below ML.NET's own wrappers.
            var what = content is null ? "" : $" ({content.Component})";
            var version = typeof(ComponentFile).Assembly.GetName().Version?.ToString(3);
            throw new FormatException($"The model file's '{folder}/{EntryName}'{what} cannot be read: {e.Message}. " +
                $"It is damaged, or was written by a newer SongMood.Transforms than {version}");
        }
    }
}
