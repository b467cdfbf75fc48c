using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Persistence;

[assembly: LoadableClass(typeof(ITransformer), typeof(ComponentFile), null, typeof(SignatureLoadModel),
    "SongMood transform", ComponentFile.LoaderSignature)]

namespace SongMood.Persistence;

/// <summary>
/// Saves and loads the components of this package, and of others with a table of their own: a folder of the model file holds
/// <c>component.json</c> beside ML.NET's own header, which names the component's assembly, so that ML.NET finds it without any
/// registration (docs/model-format.md).
/// </summary>
internal static class ComponentFile
{
    public const string LoaderSignature = "SongMood.Transforms";
    private const string EntryName = "component.json";
    private const string NetworkEntryName = "network.onnx";

    private static readonly ConcurrentDictionary<Assembly, IComponentTable> Tables = [];
    private static readonly ConcurrentDictionary<Assembly, JsonSerializerOptions> Writers = [];

    private static IComponentTable TableOf(Assembly assembly) => Tables.GetOrAdd(assembly, FindTable);

    private static JsonSerializerOptions WriterOf(Assembly assembly) => Writers.GetOrAdd(assembly, owner => new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContentJson.Default, TableOf(owner).States),
    });

    private static VersionInfo VersionOf(Assembly assembly) => new(
        modelSignature: "SONGMOOD",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: assembly.GetName().Name!,
        // Without a version: the run time refuses to load a lower one than asked for, and would say nothing that helps.
        loaderAssemblyName: assembly.GetName().Name);

    /// <summary>The content of <c>component.json</c>.</summary>
    internal sealed record Content
    {
        public required string Component { get; init; }
        public required string Output { get; init; }
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Input { get; init; }
        public required JsonElement State { get; init; }
    }

    /// <param name="ctx">Where.</param>
    /// <param name="component">What.</param>
    /// <param name="owner">The assembly that has the component, and names its table.</param>
    public static void Save(ModelSaveContext ctx, SavedComponent component, Assembly owner)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(VersionOf(owner));
        var json = WriterOf(owner);
        var content = new Content
        {
            Component = component.Name,
            Output = component.OutputColumnName,
            Input = component.InputColumnName,
            State = JsonSerializer.SerializeToElement(component.State, json.GetTypeInfo(component.State.GetType())),
        };
        ctx.SaveBinaryStream(EntryName,
            writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(content, json.GetTypeInfo(typeof(Content)))));
        if (component.Network is { } network)
            ctx.SaveBinaryStream(NetworkEntryName, writer => writer.Write(network));
    }

    // ML.NET finds this method by its name and parameters.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx) => Load(env, ctx, typeof(ComponentFile).Assembly);

    /// <inheritdoc cref="Save"/>
    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx, Assembly owner)
    {
        ctx.CheckAtModel(VersionOf(owner));
        byte[]? network = null;
        ctx.TryLoadBinaryStream(NetworkEntryName, reader => network = reader.ReadBytes((int)reader.BaseStream.Length));
        ITransformer? transformer = null;
        if (!ctx.TryLoadBinaryStream(EntryName, reader => transformer = Load(env, reader.BaseStream, network, ctx.Directory!, owner)))
            throw new FormatException($"The model file has no '{ctx.Directory}/{EntryName}': it is damaged; save it again");
        return transformer!;
    }

    private static ITransformer Load(IHostEnvironment env, Stream stream, byte[]? network, string folder, Assembly owner)
    {
        var content = new Content { Component = "", Output = "", State = default };
        try
        {
            using var saved = JsonDocument.Parse(stream, new() { AllowDuplicateProperties = false });
            SavedState.Fill(content, saved.RootElement);
            var table = TableOf(owner);
            var state = table.NewState(content.Component);
            SavedState.Fill(state, content.State);
            if (content.Output.Length == 0)
                throw new FormatException("it names no output column");
            return table.Create(env, new SavedComponent(content.Component, content.Output, content.Input, state, network));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidDataException)
        {
            // No inner error: this one is then what GetBaseException finds below ML.NET's own wrappers.
            var what = content.Component.Length == 0 ? "" : $" ({content.Component})";
            var (assembly, version) = (owner.GetName().Name, owner.GetName().Version?.ToString(3));
            throw new FormatException($"The model file's '{folder}/{EntryName}'{what} cannot be read: {e.Message}. "
                + $"It is damaged, or was written by a newer {assembly} than {version}");
        }
    }

    private static IComponentTable FindTable(Assembly owner)
    {
        var named = owner.GetCustomAttribute<ComponentTableAttribute>()
            ?? throw new InvalidOperationException($"{owner.GetName().Name} declares no component table.");
        return (IComponentTable)Activator.CreateInstance(named.Type)!;
    }
}

/// <summary>
/// The JSON code of <see cref="ComponentFile.Content"/>, written when this is compiled (as the states', which the table has).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ComponentFile.Content))]
internal sealed partial class ContentJson : JsonSerializerContext;
