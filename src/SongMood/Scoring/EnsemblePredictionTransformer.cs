using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using SongMood.Scoring;
using SongMood.Transforms;

[assembly: LoadableClass(typeof(EnsemblePredictionTransformer), null, typeof(SignatureLoadModel),
    "SongMood ensemble", EnsemblePredictionTransformer.LoaderSignature)]

namespace SongMood.Scoring;

/// <summary>
/// Several networks as one: members, what they do to their features before, and what combines them, in one step of a pipeline. It adds
/// <c>PredictedLabel</c> and <c>Score</c> as <see cref="NetworkPredictionTransformer"/> does.
/// </summary>
/// <remarks>
/// Each member's own transforms are applied to the row aside: their columns are seen by that member alone. All members are parts of one
/// ONNX graph, which ONNX Runtime runs in batches; no libtorch is needed. Transforming is thread-safe. A row with a NaN or an infinity
/// among any member's features gets NaN scores and the missing label.
/// </remarks>
public sealed class EnsemblePredictionTransformer : NetworkTransformer, ISingleFeaturePredictionTransformer
{
    internal const string LoaderSignature = "SongMoodEnsemble";
    private const string StepsFolder = "Input";

    private readonly NetworkInput[] _inputs;

    internal EnsemblePredictionTransformer(IHostEnvironment env, OnnxNetwork network, IEnumerable<NetworkInput> inputs, LabelNames labels)
        : base(env, network, labels) => _inputs = [.. inputs];

    internal override IReadOnlyList<NetworkInput> Inputs => _inputs;

    // What ML.NET's PermutationFeatureImportance permutes. It asks for it through an interface that it keeps to itself.
    string ISingleFeaturePredictionTransformer.FeatureColumnName
    {
        get
        {
            string?[] sources = [.. _inputs.Select(PipelineSteps.SourceOf).Distinct()];
            return sources is [{ } single] ? single : throw new InvalidOperationException(
                $"The members of this ensemble do not all read one column: {string.Join("; ", _inputs)}. "
                + "PermutationFeatureImportance permutes the values of one column: ask for it of each member alone.");
        }
    }

    private protected override VersionInfo Version => FileVersion;

    private static VersionInfo FileVersion => VersionOf("SONGMENS", LoaderSignature);

    /// <summary>
    /// Where all members start by decoding the same audio in the same way: that step, to be applied before, and the ensemble without it.
    /// Null where there is no such step.
    /// </summary>
    internal (LoadAudioTransformer Decoder, EnsemblePredictionTransformer Scorer)? TakeOutDecoder()
    {
        if (_inputs.Any(input => input.Steps is not [LoadAudioTransformer, ..]))
            return null;
        var decoder = (LoadAudioTransformer)_inputs[0].Steps[0];
        if (_inputs.Any(input => !decoder.DecodesAs((LoadAudioTransformer)input.Steps[0])))
            return null;
        return (decoder, new EnsemblePredictionTransformer(Host, Model.Network, _inputs.Select(WithoutDecoder), Labels));

        // Members may have different names for the waveform.
        NetworkInput WithoutDecoder(NetworkInput input)
        {
            var name = ((LoadAudioTransformer)input.Steps[0]).OutputColumnName;
            var rest = input.Steps.Skip(1);
            return input with
            {
                Steps = name == decoder.OutputColumnName
                    ? [.. rest] : [new ColumnCopyingTransformer(Host, (name, decoder.OutputColumnName)), .. rest],
            };
        }
    }

    private protected override void SaveInputs(ModelSaveContext ctx)
    {
        ctx.Writer.Write(_inputs.Length);
        for (var i = 0; i < _inputs.Length; i++)
        {
            ctx.SaveNonEmptyString(_inputs[i].Owner);
            ctx.SaveNonEmptyString(_inputs[i].ColumnName);
            ctx.Writer.Write(_inputs[i].Steps.Count);
            if (_inputs[i].Steps.Count > 0)
                ctx.SaveModel(new TransformerChain<ITransformer>([.. _inputs[i].Steps]), Folder(i));
        }
    }

    // Called by ML.NET through the LoadableClass attribute above.
    private static EnsemblePredictionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(FileVersion);
        var inputs = new NetworkInput[ctx.Reader.ReadInt32()];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (owner, column) = (ctx.LoadNonEmptyString(), ctx.LoadNonEmptyString());
            ITransformer[] steps = [];
            if (ctx.Reader.ReadInt32() > 0)
            {
                ctx.LoadModel<ITransformer, SignatureLoadModel>(env, out var chain, Folder(i));
                steps = [.. PipelineSteps.Of(chain)];
            }
            inputs[i] = new NetworkInput(owner, steps, column);
        }
        var labels = LabelNames.Load(env, ctx);
        var network = OnnxNetwork.Load(env, ctx);
        return network.Inputs.Length == inputs.Length
            ? new EnsemblePredictionTransformer(env, network, inputs, labels) : throw env.ExceptDecode(
            $"The ensemble's graph has {Plural.Of(network.Inputs.Length, "input")}, but {inputs.Length} are described: the file is "
            + "damaged.");
    }

    private static string Folder(int input) => $"{StepsFolder}_{input:000}";
}
