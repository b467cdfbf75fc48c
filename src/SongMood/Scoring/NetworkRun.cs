using Microsoft.ML.OnnxRuntime;

namespace SongMood.Scoring;

/// <summary>
/// Runs a network over batches of rows, with buffers that are kept from one batch to the next: nothing is allocated while batches
/// keep their shape. Not thread-safe: one per cursor.
/// </summary>
internal sealed class NetworkRun(OnnxNetwork network) : IDisposable
{
    private static readonly string[] InputNames = [OnnxNetwork.InputName];
    private static readonly string[] OutputNames = [OnnxNetwork.ProbabilitiesName];
    private static readonly string[] OutputNamesWithEmbedding = [OnnxNetwork.ProbabilitiesName, OnnxNetwork.EmbeddingName];

    private readonly RunOptions _options = new();
    private float[] _input = [];
    private float[] _probabilities = [];
    private float[] _embeddings = [];
    private OrtValue[] _inputs = [];
    private OrtValue[] _outputs = [];
    private int _rows;
    private int _valuesPerRow;

    /// <summary>Also compute the penultimate activations.</summary>
    public bool WithEmbedding { get; init; }

    /// <summary>The buffer to fill before <see cref="Run"/>: <paramref name="rows"/> rows of equal length, one after the other.</summary>
    public Span<float> Prepare(int rows, int valuesPerRow)
    {
        if (!network.Input.Accepts(valuesPerRow))
            throw new ArgumentException($"A row has {valuesPerRow} values, but the network takes {network.Input}.", nameof(valuesPerRow));
        if (rows != _rows || valuesPerRow != _valuesPerRow)
            Bind(rows, valuesPerRow);
        return _input.AsSpan(0, rows * valuesPerRow);
    }

    public void Run() =>
        network.Session.Run(_options, InputNames, _inputs, WithEmbedding ? OutputNamesWithEmbedding : OutputNames, _outputs);

    public ReadOnlySpan<float> Probabilities(int row) => _probabilities.AsSpan(row * network.ClassCount, network.ClassCount);

    public ReadOnlySpan<float> Embedding(int row) => _embeddings.AsSpan(row * network.EmbeddingSize, network.EmbeddingSize);

    public void Dispose()
    {
        Release();
        _options.Dispose();
    }

    private void Bind(int rows, int valuesPerRow)
    {
        Release();
        _input = AtLeast(_input, rows * valuesPerRow);
        _probabilities = AtLeast(_probabilities, rows * network.ClassCount);
        _inputs = [Wrap(_input, network.Input.BatchDimensions(rows, valuesPerRow))];
        var probabilities = Wrap(_probabilities, [rows, network.ClassCount]);
        if (WithEmbedding)
        {
            _embeddings = AtLeast(_embeddings, rows * network.EmbeddingSize);
            _outputs = [probabilities, Wrap(_embeddings, [rows, network.EmbeddingSize])];
        }
        else
        {
            _outputs = [probabilities];
        }
        (_rows, _valuesPerRow) = (rows, valuesPerRow);
    }

    private void Release()
    {
        foreach (var value in _inputs)
            value.Dispose();
        foreach (var value in _outputs)
            value.Dispose();
        (_inputs, _outputs, _rows, _valuesPerRow) = ([], [], 0, 0);
    }

    private static float[] AtLeast(float[] buffer, int length) => buffer.Length >= length ? buffer : new float[length];

    private static OrtValue Wrap(float[] buffer, long[] dimensions)
    {
        var length = dimensions.Aggregate(1L, (product, dimension) => product * dimension);
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, checked((int)length)), dimensions);
    }
}
