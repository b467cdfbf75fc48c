using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood;
using SongMood.Scoring;

[assembly: LoadableClass(typeof(NetworkPredictionTransformer), null, typeof(SignatureLoadModel),
    "SongMood network", NetworkPredictionTransformer.LoaderSignature)]

namespace SongMood;

/// <summary>
/// A trained network in a pipeline. It adds <c>PredictedLabel</c>, a key with the training labels' values, and <c>Score</c>, a
/// probability a class with the classes' names as slot names: what ML.NET's own multiclass trainers add, so that its
/// <c>Evaluate</c>, <c>CrossValidate</c>, <c>CreatePredictionEngine</c> and <c>PermutationFeatureImportance</c> work.
/// </summary>
/// <remarks>
/// Rows are scored with ONNX Runtime, in batches where many are read. No libtorch is needed. Transforming is thread-safe.
/// A row with a NaN or an infinity among its features gets NaN scores and the missing label, as with ML.NET's own models.
/// </remarks>
public sealed class NetworkPredictionTransformer : ISingleFeaturePredictionTransformer<NetworkModelParameters>, INetworkStep, IDisposable
{
    internal const string LoaderSignature = "SongMoodNetwork";

    private readonly IHost _host;
    private readonly LabelNames _labels;

    internal NetworkPredictionTransformer(IHostEnvironment env, OnnxNetwork network, string featureColumnName, LabelNames labels)
    {
        _host = env.Register(nameof(NetworkPredictionTransformer));
        _labels = labels;
        Model = new NetworkModelParameters(network, labels.AsText(network.ClassCount));
        FeatureColumnName = featureColumnName;
    }

    /// <inheritdoc/>
    public string FeatureColumnName { get; }

    /// <inheritdoc/>
    public DataViewType FeatureColumnType => FeatureColumn.TypeOf(Model.Network.Input);

    /// <inheritdoc/>
    public NetworkModelParameters Model { get; }

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The columns of <paramref name="inputSchema"/> and the two that are added.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    /// <summary>Adds the two columns to <paramref name="input"/>. Rows are scored when they are read.</summary>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new BatchedView(_host, input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    /// <summary>Frees ONNX Runtime's session. Not needed at the end of a program.</summary>
    public void Dispose() => Model.Network.Dispose();

    IReadOnlyList<NetworkInput> INetworkStep.Inputs => [new NetworkInput("", [], FeatureColumnName)];

    private NetworkMapper Bind(DataViewSchema schema) => INetworkStep.Bind(this, schema, _labels);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version());
        ctx.SaveNonEmptyString(FeatureColumnName);
        _labels.Save(_host, ctx);
        Model.Network.Save(ctx);
    }

    // Called by ML.NET through the LoadableClass attribute above.
    private static NetworkPredictionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        var featureColumnName = ctx.LoadNonEmptyString();
        var labels = LabelNames.Load(env, ctx);
        return new NetworkPredictionTransformer(env, OnnxNetwork.Load(env, ctx), featureColumnName, labels);
    }

    private static VersionInfo Version() => new(
        modelSignature: "SONGMNET",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(NetworkPredictionTransformer).Assembly.FullName);
}
