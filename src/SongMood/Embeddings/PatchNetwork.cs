using Microsoft.ML.OnnxRuntime;
using SongMood.Scoring;

namespace SongMood.Embeddings;

/// <summary>A user's network, looked through, and the session that runs it. Thread-safe: cursors share it.</summary>
internal sealed class PatchNetwork : IDisposable
{
    private const int MostBytes = 1 << 30;
    private const int SongFrames = 2000; // about 30 s, for which a song's cost is bounded

    private readonly InferenceSession _session;
    private readonly SharedUse _use;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The network cannot be taken.</exception>
    public PatchNetwork(EmbedSpectrogramOptions options)
    {
        var check = new PatchGraphCheck(options.PatchFrames, options.Layout == PatchLayout.FramesByBands, options.OutputName)
        {
            Operators = options.Operators == GraphOperators.Tagging ? TaggingOperators.All : OnnxOperators.Written,
        };
        Graph = check.Check(options.ModelBytes ?? Read(options.Model!), out var cost);
        Patch = check.Found;
        var patchCount = new PatchCuts(Patch.PatchFrames, options.PatchHop ?? Patch.PatchFrames, options.Rest).Count(SongFrames);
        if (cost.Multiplications * patchCount > GraphCheck.MostMultiplications)
            throw new InvalidDataException(FormattableString.Invariant(
                $"The network takes about {cost.Multiplications:0.#e+0} multiplications a patch, and {SongFrames} frames have ")
                + FormattableString.Invariant($"{patchCount} patches; at most {GraphCheck.MostMultiplications:0e+0} are taken for them: ")
                + "set a larger PatchHop.");
        MostPatches = Patch.TakesOne ? 1 : (int)Math.Clamp(
            GraphCheck.MostValues / (cost.Values + Patch.PatchFrames * Patch.BandCount), 1, int.MaxValue);
        _session = OnnxNetwork.Open(Graph, SessionCores.OfThisThread);
        _use = new SharedUse(_session.Dispose);
        (_inputNames, _outputNames) = ([Patch.InputName], [Patch.OutputName]);
    }

    /// <summary>The graph as it runs and is saved.</summary>
    public byte[] Graph { get; }

    public PatchGraph Patch { get; }

    /// <summary>Patches that may be run at once.</summary>
    public int MostPatches { get; }

    /// <exception cref="InvalidDataException">ONNX Runtime could not run it, or it gave something else than it should.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed of.</exception>
    public void Run(RunOptions options, Memory<float> patches, Memory<float> embeddings, int count)
    {
        using var input = Wrap(patches, [count, .. Patch.InputShape.AsSpan(1)]);
        using var output = Wrap(embeddings, [count, .. Patch.OutputShape.AsSpan(1)]);
        try
        {
            using (_use.Begin(this))
                _session.Run(options, _inputNames, [input], _outputNames, [output]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"the network cannot be run over {count} patches: {e.Message}", e);
        }
    }

    public void Dispose() => _use.Dispose();

    private static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"There is no network '{path}': EmbedSpectrogramOptions.Model is its path.", path);
        if (SpecialFile.Fault(path) is { } fault)
            throw new InvalidDataException($"The network '{path}': {fault}.");
        return file.Length <= MostBytes ? File.ReadAllBytes(path) : throw new InvalidDataException(
            $"The network '{path}' has {file.Length} bytes; at most {MostBytes} are taken.");
    }

    private static OrtValue Wrap(Memory<float> values, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);
}
