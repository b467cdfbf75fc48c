using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Scoring;

[assembly: LoadableClass(typeof(NetworkPredictionTransformer), null, typeof(SignatureLoadModel),
    "SongMood network", NetworkPredictionTransformer.LoaderSignature)]

namespace SongMood.Scoring;

/// <summary>
/// A trained network in a pipeline. It adds <c>PredictedLabel</c>, a key with the training labels' values, and <c>Score</c>, a
/// probability a class with the classes' names as slot names: what ML.NET's own multiclass trainers add, so that its
/// <c>Evaluate</c>, <c>CrossValidate</c>, <c>CreatePredictionEngine</c> and <c>PermutationFeatureImportance</c> work.
/// </summary>
/// <remarks><inheritdoc/></remarks>
public sealed class NetworkPredictionTransformer
    : NetworkTransformer, ISingleFeaturePredictionTransformer<NetworkModelParameters>, ISingleFeaturePredictionTransformer
{
    internal const string LoaderSignature = "SongMoodNetwork";

    internal NetworkPredictionTransformer(IHostEnvironment env, OnnxNetwork network, string featureColumnName, LabelNames labels)
        : base(env, network, labels) => FeatureColumnName = featureColumnName;

    /// <inheritdoc/>
    public string FeatureColumnName { get; }

    /// <inheritdoc/>
    public DataViewType FeatureColumnType => FeatureColumn.TypeOf(Model.Network.Input);

    internal override IReadOnlyList<NetworkInput> Inputs => [new NetworkInput("", [], FeatureColumnName)];

    private protected override VersionInfo Version => FileVersion;

    private static VersionInfo FileVersion => VersionOf("SONGMNET", LoaderSignature);

    private protected override void SaveInputs(ModelSaveContext ctx) => ctx.SaveNonEmptyString(FeatureColumnName);

    // Called by ML.NET through the LoadableClass attribute above.
    private static NetworkPredictionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(FileVersion);
        var featureColumnName = ctx.LoadNonEmptyString();
        var labels = LabelNames.Load(env, ctx);
        return new NetworkPredictionTransformer(env, OnnxNetwork.Load(env, ctx), featureColumnName, labels);
    }
}
