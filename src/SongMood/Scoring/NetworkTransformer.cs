using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Scoring;

/// <summary>
/// A step of a pipeline that scores rows by a graph: a network alone (<see cref="NetworkPredictionTransformer"/>) or several as one
/// (<see cref="EnsemblePredictionTransformer"/>). None can be derived outside this package.
/// </summary>
/// <remarks>
/// Rows are scored with ONNX Runtime, in batches where many are read; no libtorch is needed. Transforming is thread-safe. A row with a
/// NaN or an infinity among its features gets NaN scores and the missing label, as with ML.NET's own models.
/// </remarks>
public abstract class NetworkTransformer : IPredictionTransformer<NetworkModelParameters>, IDisposable
{
    private protected NetworkTransformer(IHostEnvironment env, OnnxNetwork network, LabelNames labels)
    {
        Host = env.Register(GetType().Name);
        Labels = labels;
        Model = new NetworkModelParameters(network, labels.AsText(network.ClassCount));
    }

    /// <summary>The graph and its classes.</summary>
    public NetworkModelParameters Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>
    /// Whether rows that are scored one at a time also get the graph's second output, in the column <see cref="ScoreColumns.Embedding"/>.
    /// </summary>
    internal bool TellsEmbedding { get; set; }

    /// <summary>Where each input of the graph comes from, in the graph's order.</summary>
    internal abstract IReadOnlyList<NetworkInput> Inputs { get; }

    private protected IHost Host { get; }

    private protected LabelNames Labels { get; }

    /// <summary>The signatures of this kind in model files.</summary>
    private protected abstract VersionInfo Version { get; }

    /// <summary>The columns of <paramref name="inputSchema"/> and the two that are added.</summary>
    /// <exception cref="ArgumentException">A column that is needed is missing or of another type; the message names both.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <summary>Adds the two columns to <paramref name="input"/>. Rows are scored when they are read.</summary>
    /// <exception cref="ArgumentException">A column that is needed is missing or of another type; the message names both.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BatchedView(Host, input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        TellsEmbedding ? Bind(inputSchema, ScoreColumns.EmbeddingOf(Model.Network)) : Bind(inputSchema);

    /// <summary>Frees ONNX Runtime's session. Not needed at the end of a program.</summary>
    public void Dispose() => Model.Network.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        SaveInputs(ctx);
        Labels.Save(Host, ctx);
        Model.Network.Save(ctx);
    }

    /// <summary>Writes what <see cref="Inputs"/> can be made of again.</summary>
    private protected abstract void SaveInputs(ModelSaveContext ctx);

    private protected static VersionInfo VersionOf(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: loaderSignature,
        // Without a version: the run time refuses to load a lower one than asked for, and would say nothing that helps.
        loaderAssemblyName: typeof(NetworkTransformer).Assembly.GetName().Name);

    /// <summary>The same scores from a step that holds those steps of a pipeline before it that an input of the graph needs.</summary>
    /// <param name="before">What stands before it.</param>
    /// <param name="schema">The columns before that.</param>
    internal EnsemblePredictionTransformer TakeIn(IReadOnlyList<ITransformer> before, DataViewSchema schema) => new(Host, Model.Network,
        Inputs.Select(input => PipelineSteps.Needed(input with { Steps = [.. before, .. input.Steps] }, schema)), Labels);

    private NetworkMapper Bind(DataViewSchema schema, params DataViewSchema.DetachedColumn[] besides) =>
        new(Model.Network, Inputs, schema, [.. ScoreColumns.Of(schema, Model.Network.ClassCount, Labels), .. besides]);
}
