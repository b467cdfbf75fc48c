using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;

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
    private const string Entry = "network.onnx"; // in a model file
    private const string VectorKind = "vector";
    private const string SequenceKind = "sequence";
    private const string InputKindKey = "songmood.input";
    private const string NetworkKey = "songmood.network";

    private readonly InferenceSession _session;
    private readonly SharedUse _use;
    private int _checkedFrames = GraphCheck.FrameCount; // the longest sequence that the graph was checked for

    /// <exception cref="InvalidDataException">The graph is none that SongMood writes.</exception>
    public OnnxNetwork(byte[] graph)
    {
        Graph = GraphCheck.Own.Check(graph);
        _session = Open(Graph);
        _use = new SharedUse(_session.Dispose);
        var (inputs, outputs) = (_session.InputMetadata, _session.OutputMetadata);
        InputNames = [.. _session.InputNames];
        Inputs = [.. InputNames.Select(name => new InputShape(inputs[name].Dimensions[1], inputs[name].Dimensions.Length == 3))];
        ClassCount = outputs[ProbabilitiesName].Dimensions[1];
        EmbeddingSize = outputs[EmbeddingName].Dimensions[1];
    }

    /// <summary>The graph in ONNX's own format.</summary>
    public byte[] Graph { get; }

    /// <summary>The inputs' names, in the graph's order: one for a network, one for each feature column of an ensemble's members.</summary>
    public string[] InputNames { get; }

    public InputShape[] Inputs { get; }

    /// <summary>The only input of a network that is no ensemble.</summary>
    public InputShape Input => Inputs.Single();

    public int ClassCount { get; }

    public int EmbeddingSize { get; }

    /// <summary>What a graph says of itself, so that other languages' readers need not guess.</summary>
    public static (string Key, string Value)[] Describe(string networkName, params IEnumerable<InputShape> inputs) =>
        [(NetworkKey, networkName), (InputKindKey, string.Join(",", inputs.Select(input => input.IsSequence ? SequenceKind : VectorKind)))];

    public void Save(ModelSaveContext context) => context.SaveBinaryStream(Entry, writer => writer.Write(Graph));

    public static OnnxNetwork Load(IHostEnvironment env, ModelLoadContext context)
    {
        byte[]? graph = null;
        if (!context.TryLoadBinaryStream(Entry, reader => graph = reader.ReadBytes((int)reader.BaseStream.Length)))
            throw env.ExceptDecode($"The model has no '{Entry}': the file is damaged, or was not written by SongMood.");
        return new OnnxNetwork(graph!);
    }

    /// <summary>Looks, before a sequence is scored, whether one so long takes more memory or work than there is reason for.</summary>
    /// <exception cref="LongSequenceException">It does.</exception>
    public void CheckFrames(int frames)
    {
        if (frames <= Volatile.Read(ref _checkedFrames))
            return;
        try
        {
            GraphCheck.Own.CheckFrames(Graph, frames);
        }
        catch (InvalidDataException fault)
        {
            throw new LongSequenceException(
                $"{frames} frames are more than this network can hear at once: {fault.Message}. Give it less of a song at a time "
                + "(LoadAudio's DurationSeconds, or FixLength behind the spectrogram).");
        }
        Volatile.Write(ref _checkedFrames, frames); // where two threads do so at once, the other number is as true
    }

    /// <summary>Runs the graph on values that lie in memory of the caller's.</summary>
    /// <exception cref="ObjectDisposedException">The transformer or predictor that this belongs to is disposed of.</exception>
    public void Run(RunOptions options, OrtValue[] inputs, string[] outputNames, OrtValue[] outputs)
    {
        using (_use.Begin(this))
            _session.Run(options, InputNames, inputs, outputNames, outputs);
    }

    /// <summary>Frees the session, after the runs that are under way.</summary>
    public void Dispose() => _use.Dispose();

    /// <summary>Loads ONNX Runtime, which a first session otherwise waits for.</summary>
    public static void LoadRuntime()
    {
        OnnxTelemetry.SwitchOff();
        new SessionOptions().Dispose();
    }

    /// <summary>A session for a graph that was looked through.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="cores">How many cores a run may use; 0 for all. What a recurrent network says depends on it in the last digit.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot run it.</exception>
    internal static InferenceSession Open(byte[] graph, int cores = 0)
    {
        OnnxTelemetry.SwitchOff();
        try
        {
            using var options = new SessionOptions
            {
                EnableMemoryPattern = false, // a block for each length of song that came, which saves no time: 3 of 184 MB
                InterOpNumThreads = 1,
                IntraOpNumThreads = cores,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            };
            // A recurrent network hands its threads work a thousand times a song: within a run they spin, as waking up would cost more than
            // the work. After it they sleep: the cores belong to whoever decodes the next song.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "1");
            options.AddSessionConfigEntry("session.force_spinning_stop", "1");
            return new InferenceSession(graph, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException(
                $"The model's network ({graph.Length} bytes) is no ONNX graph that ONNX Runtime can run: {e.Message}");
        }
    }
}
