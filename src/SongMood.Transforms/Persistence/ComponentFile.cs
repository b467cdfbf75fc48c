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

    private static readonly IComponentTable Table = FindTable();

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
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContentJson.Default, Table.States),
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
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Input { get; init; }
        public required JsonElement State { get; init; }
    }

    public static void Save(ModelSaveContext ctx, SavedComponent component)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        var content = new Content
        {
            Component = component.Name,
            Output = component.OutputColumnName,
            Input = component.InputColumnName,
            State = JsonSerializer.SerializeToElement(component.State, Json.GetTypeInfo(component.State.GetType())),
        };
        ctx.SaveBinaryStream(EntryName,
            writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(content, Json.GetTypeInfo(typeof(Content)))));
    }

    // ML.NET finds this method by its name and parameters.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ITransformer? transformer = null;
        if (!ctx.TryLoadBinaryStream(EntryName, reader => transformer = Load(env, reader.BaseStream, ctx.Directory)))
            throw new FormatException($"The model file has no '{ctx.Directory}/{EntryName}': it is damaged; save it again");
        return transformer!;
    }

    private static ITransformer Load(IHostEnvironment env, Stream stream, string folder)
    {
        Content? content = null;
        try
        {
            content = (Content?)JsonSerializer.Deserialize(stream, Json.GetTypeInfo(typeof(Content)))
                ?? throw new FormatException("it is null");
            var state = Read(Table.NewState(content.Component), content.State);
            return Table.Create(env, new SavedComponent(content.Component, content.Output, content.Input, state));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            // No inner error: this one is then what GetBaseException finds below ML.NET's own wrappers.
            var what = content is null ? "" : $" ({content.Component})";
            var version = typeof(ComponentFile).Assembly.GetName().Version?.ToString(3);
            throw new FormatException($"The model file's '{folder}/{EntryName}'{what} cannot be read: {e.Message}. "
                + $"It is damaged, or was written by a newer SongMood.Transforms than {version}");
        }
    }

    /// <summary>A state as it is in a file. What the file does not say is as in a new one: generated code would leave it at zero.</summary>
    private static object Read(object fresh, JsonElement saved)
    {
        if (saved.ValueKind != JsonValueKind.Object)
            throw new FormatException($"the state is {saved.ValueKind}, expected an object");
        var type = Json.GetTypeInfo(fresh.GetType());
        var state = JsonSerializer.SerializeToNode(fresh, type)!.AsObject();
        Overlay(state, JsonObject.Create(saved)!);
        return state.Deserialize(type)!;
    }

    private static void Overlay(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
            if (target[name] is JsonObject inner && value is JsonObject over)
                Overlay(inner, over);
            else
                target[name] = value?.DeepClone();
    }

    private static IComponentTable FindTable()
    {
        var named = typeof(ComponentFile).Assembly.GetCustomAttribute<ComponentTableAttribute>()
            ?? throw new InvalidOperationException("This assembly declares no component table.");
        return (IComponentTable)Activator.CreateInstance(named.Type)!;
    }
}

/// <summary>
/// The JSON code of <see cref="ComponentFile.Content"/>, written when this is compiled (as the states', which the table has).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ComponentFile.Content))]
internal sealed partial class ContentJson : JsonSerializerContext;
