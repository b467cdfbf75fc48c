using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
        RespectNullableAnnotations = true,
        // A setting that this version does not know could change the numbers: refused rather than skipped.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = ComponentJson.Default,
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
        public T StateAs<T>() where T : new()
        {
            if (State.ValueKind != JsonValueKind.Object)
                throw new FormatException($"the state is {State.ValueKind}, expected an object");
            // What the file does not say is as in new options: generated code would leave it at zero.
            var state = JsonSerializer.SerializeToNode(new T(), TypeOf<T>())!.AsObject();
            Overlay(state, JsonObject.Create(State)!);
            return state.Deserialize(TypeOf<T>())!;
        }

        private static void Overlay(JsonObject target, JsonObject source)
        {
            foreach (var (name, value) in source)
                if (target[name] is JsonObject inner && value is JsonObject over)
                    Overlay(inner, over);
                else
                    target[name] = value?.DeepClone();
        }
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
            State = JsonSerializer.SerializeToElement(state, Json.GetTypeInfo(state.GetType())),
        };
        ctx.SaveBinaryStream(EntryName, writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(content, TypeOf<Content>())));
    }

    /// <summary>A copy of an options object, as it would come back from a model file: later changes have no effect on it.</summary>
    public static T Copy<T>(T options) => JsonSerializer.SerializeToElement(options, TypeOf<T>()).Deserialize(TypeOf<T>())!;

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T));

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
            content = JsonSerializer.Deserialize(stream, TypeOf<Content>()) ?? throw new FormatException("it is null");
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
