using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using SongMood.Transforms;

namespace SongMood.Embeddings;

/// <summary>Runs a network over patches of a spectrogram column, and pools them (see <see cref="EmbedSpectrogramOptions"/>).</summary>
/// <remarks>Transforming is thread-safe; all cursors share one session of ONNX Runtime.</remarks>
public sealed class EmbedSpectrogramTransformer : VectorTransformer, IDisposable
{
    internal const string Name = "EmbedSpectrogram";
    private readonly EmbedSpectrogramOptions _options;
    private readonly PatchNetwork _network;
    private readonly PatchCuts _cuts;

    internal EmbedSpectrogramTransformer(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, EmbedSpectrogramOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _network = new PatchNetwork(options);
        _cuts = new PatchCuts(_network.Patch.PatchFrames, options.PatchHop ?? _network.Patch.PatchFrames, options.Rest);
        _options = options with
        {
            Model = null,
            ModelBytes = _network.Graph,
            PatchFrames = _cuts.Frames,
            PatchHop = _cuts.Hop,
            OutputName = _network.Patch.OutputName,
        };
    }

    /// <summary>Values that the network says of a patch.</summary>
    public int EmbeddingSize => _network.Patch.EmbeddingSize;

    /// <summary>Frames of a patch.</summary>
    internal int PatchFrames => _cuts.Frames;

    /// <summary>Frames from one patch to the next.</summary>
    internal int PatchHop => _cuts.Hop;

    /// <summary>The network, as ONNX, and how its patches are cut and pooled: what makes two embeddings comparable.</summary>
    internal (byte[] Graph, EmbedSpectrogramOptions Options) Space => (_network.Graph, _options);

    /// <summary>For one thread, what the network says of each patch by itself.</summary>
    internal PatchKernel CreatePatchKernel() => new(_network, _cuts, _options);

    /// <summary>What becomes of any of the patches that <see cref="CreatePatchKernel"/> tells of.</summary>
    internal PatchPool CreatePool() => new(_options.Pooling, EmbeddingSize);

    private protected override object State => _options;

    private protected override byte[] Network => _network.Graph;

    private protected override string Expected => $"a spectrogram ({_network.Patch.BandCount} bands, frames)";

    private protected override bool PromisesSize(bool inputSizeIsKnown) => true;

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) => [ColumnAnnotations.SlotNames];

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsSpectrogram || input.BandCount != _network.Patch.BandCount)
            throw Refusal(input.Name, input.DescribeType(), Expected);
        var names = PatchPool.NamesOf(_options.Pooling, EmbeddingSize).ToImmutableArray();
        return new ColumnForm(OutputColumnName, new VectorDataViewType(NumberDataViewType.Single, names.Length)) { SlotNames = names };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => CreatePatchKernel();

    /// <summary>Frees ONNX Runtime's session, after the runs that are under way. Not needed at the end of a program.</summary>
    public void Dispose() => _network.Dispose();
}
