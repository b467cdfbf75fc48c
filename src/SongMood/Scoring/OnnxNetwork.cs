using Microsoft.ML.OnnxRuntime;

namespace SongMood.Scoring;

/// <summary>
/// A trained network as an ONNX graph and the ONNX Runtime session that runs it. Thread-safe: the session is shared, each user
/// has a <see cref="NetworkRun"/> of its own. Knows nothing of TorchSharp, so that an app which predicts needs no libtorch.
/// </summary>
internal sealed class OnnxNetwork : IDisposable
{
    public const string InputName = "input";
    public const string ProbabilitiesName = "probabilities";
    public const string EmbeddingName = "embedding";
    private const string VectorKind = "vector";
    private const string SequenceKind = "sequence";
    private const string InputKindKey = "songmood.input";
    private const string NetworkKey = "songmood.network";

    public OnnxNetwork(byte[] graph)
    {
        Graph = graph;
        Session = Open(graph);
        var inputs = Session.InputMetadata;
        var outputs = Session.OutputMetadata;
        if (!inputs.TryGetValue(InputName, out var input) || !outputs.TryGetValue(ProbabilitiesName, out var probabilities) ||
            !outputs.TryGetValue(EmbeddingName, out var embedding))
            throw new InvalidDataException(
                $"The ONNX graph must have the input '{InputName}' and the outputs '{ProbabilitiesName}' and '{EmbeddingName}'; it has " +
                $"{string.Join(", ", inputs.Keys)} and {string.Join(", ", outputs.Keys)}. Was it written by SongMood?");
        Input = new InputShape(input.Dimensions[1], input.Dimensions.Length == 3);
        ClassCount = probabilities.Dimensions[1];
        EmbeddingSize = embedding.Dimensions[1];
    }

    /// <summary>The graph in ONNX's own format.</summary>
    public byte[] Graph { get; }

    public InputShape Input { get; }

    public int ClassCount { get; }

    public int EmbeddingSize { get; }

    public InferenceSession Session { get; }

    /// <summary>What a graph says of itself, so that other languages' readers need not guess.</summary>
    public static (string Key, string Value)[] Describe(string networkName, InputShape input) =>
        [(NetworkKey, networkName), (InputKindKey, input.IsSequence ? SequenceKind : VectorKind)];

    public void Dispose() => Session.Dispose();

    private static InferenceSession Open(byte[] graph)
    {
        try
        {
            using var options = new SessionOptions { InterOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
            // Waiting threads sleep rather than spin: the cores belong to whoever decodes the next song.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"The model's network ({graph.Length} bytes) is no ONNX graph that ONNX Runtime can run: {e.Message}", e);
        }
    }
}
