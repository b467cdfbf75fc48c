using Microsoft.ML.OnnxRuntime;

namespace SongMood.Scoring;

/// <summary>
/// Runs a network over batches of rows, with buffers that are kept from one batch to the next: nothing is allocated while batches
/// keep their shape. Not thread-safe: one per cursor.
/// </summary>
internal sealed class NetworkRun(OnnxNetwork network) : IDisposable
{
    private static readonly string[] OutputNames = [OnnxNetwork.ProbabilitiesName];
    private static readonly string[] OutputNamesWithEmbedding = [OnnxNetwork.ProbabilitiesName, OnnxNetwork.EmbeddingName];

    private readonly RunOptions _options = new();
    private readonly float[][] _inputs = [.. network.Inputs.Select(_ => Array.Empty<float>())];
    private readonly int[] _lengths = new int[network.Inputs.Length]; // values per row of each input
    private float[] _probabilities = [];
    private float[] _embeddings = [];
    private OrtValue[] _boundInputs = [];
    private OrtValue[] _boundOutputs = [];
    private int _rows;

    /// <summary>Also compute the penultimate activations.</summary>
    public bool WithEmbedding { get; init; }

    /// <summary>
    /// The buffer of a network with one input, to fill before <see cref="Run"/>: <paramref name="rows"/> rows of equal length, one after
    /// the other.
    /// </summary>
    public Span<float> Prepare(int rows, int valuesPerRow)
    {
        Prepare(rows, [valuesPerRow]);
        return Input(0);
    }

    /// <summary>Makes room for rows that have so many values of each input.</summary>
    public void Prepare(int rows, ReadOnlySpan<int> valuesPerRow)
    {
        for (var i = 0; i < network.Inputs.Length; i++)
            if (!network.Inputs[i].Accepts(valuesPerRow[i]))
                throw new ArgumentException(
                    $"A row has {valuesPerRow[i]} values for '{network.InputNames[i]}', but the network takes {network.Inputs[i]}.",
                    nameof(valuesPerRow));
        if (rows != _rows || !valuesPerRow.SequenceEqual(_lengths))
            Bind(rows, valuesPerRow);
    }

    /// <summary>The buffer of one of the inputs: all rows, one after the other.</summary>
    public Span<float> Input(int index) => _inputs[index].AsSpan(0, _rows * _lengths[index]);

    public void Run() =>
        network.Run(_options, _boundInputs, WithEmbedding ? OutputNamesWithEmbedding : OutputNames, _boundOutputs);

    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * network.ClassCount, network.ClassCount);

    public ReadOnlySpan<float> Embedding(int row) => _embeddings.AsSpan(row * network.EmbeddingSize, network.EmbeddingSize);

    public void Dispose()
    {
        Release();
        _options.Dispose();
    }

    private void Bind(int rows, ReadOnlySpan<int> valuesPerRow)
    {
        Release();
        _boundInputs = new OrtValue[_inputs.Length];
        for (var i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = AtLeast(_inputs[i], rows * valuesPerRow[i]);
            _boundInputs[i] = Wrap(_inputs[i], network.Inputs[i].BatchDimensions(rows, valuesPerRow[i]));
        }
        _probabilities = AtLeast(_probabilities, rows * network.ClassCount);
        var probabilities = Wrap(_probabilities, [rows, network.ClassCount]);
        if (WithEmbedding)
        {
            _embeddings = AtLeast(_embeddings, rows * network.EmbeddingSize);
            _boundOutputs = [probabilities, Wrap(_embeddings, [rows, network.EmbeddingSize])];
        }
        else
        {
            _boundOutputs = [probabilities];
        }
        _rows = rows;
        valuesPerRow.CopyTo(_lengths);
    }

    private void Release()
    {
        foreach (var value in _boundInputs)
            value?.Dispose();
        foreach (var value in _boundOutputs)
            value.Dispose();
        (_boundInputs, _boundOutputs, _rows) = ([], [], 0);
    }

    private static float[] AtLeast(float[] buffer, int length) => buffer.Length >= length ? buffer : new float[length];

    private static OrtValue Wrap(float[] buffer, long[] dimensions)
    {
        var length = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, checked((int)length)), dimensions);
    }
}
