namespace SongMood.Scoring;

/// <summary>A trained network: an ONNX graph that any ONNX runtime, in any language, can run.</summary>
/// <remarks>
/// The graph's input is <c>input</c>: (batch, features), or (batch, bands, frames) for a network over spectrograms. An ensemble's graph
/// has one for each feature column of its members: <c>member0_input</c>, <c>member1_input</c> and so on. Its outputs are
/// <c>probabilities</c> (batch, classes) and <c>embedding</c> (batch, embedding size), the activations before the last layer.
/// </remarks>
public sealed class NetworkModelParameters
{
    private readonly string[] _classNames;

    internal NetworkModelParameters(OnnxNetwork network, string[] classNames) => (Network, _classNames) = (network, classNames);

    /// <summary>The moods' names in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>How many values the embedding has.</summary>
    public int EmbeddingSize => Network.EmbeddingSize;

    /// <summary>The graph, in ONNX's own format.</summary>
    public ReadOnlyMemory<byte> OnnxGraph => Network.Graph;

    internal OnnxNetwork Network { get; }
}
