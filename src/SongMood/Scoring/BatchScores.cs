using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>The features of a batch of rows, and what the network makes of them.</summary>
internal sealed class BatchScores : IDisposable
{
    private readonly NetworkMapper _mapper;
    private readonly NetworkRun _run;
    private readonly DataViewRow[] _sources; // where each input of the network is read from
    private readonly BufferedColumn<VBuffer<float>>[] _features; // by input
    private readonly List<BufferedColumn> _own = []; // those of them that are no columns of the data
    private readonly IEqualityComparer<int> _byLengths; // rows alike in the lengths of all inputs
    private readonly int[] _lengths;
    private float[] _scores = [];
    private float[] _embeddings = [];

    /// <param name="mapper">The network and the columns that it is bound to.</param>
    /// <param name="input">The data's cursor.</param>
    /// <param name="columns">The data's columns that the cursor over this keeps anyway, by index; feature columns are added.</param>
    /// <param name="withEmbedding">Whether to compute embeddings too.</param>
    public BatchScores(NetworkMapper mapper, DataViewRowCursor input, Dictionary<int, BufferedColumn> columns, bool withEmbedding)
    {
        _mapper = mapper;
        _run = new NetworkRun(mapper.Network) { WithEmbedding = withEmbedding };
        _sources = [.. mapper.Features.Select(feature => feature.Over(input))];
        _features = [.. mapper.Features.Zip(_sources, Buffer)];
        _lengths = new int[_features.Length];
        _byLengths = EqualityComparer<int>.Create(
            HaveEqualLengths,
            row => _features.Aggregate(0, (hash, feature) => HashCode.Combine(hash, feature[row].Length)));

        BufferedColumn<VBuffer<float>> Buffer(BoundInput feature, DataViewRow source)
        {
            if (feature.IsDirect && columns.TryGetValue(feature.Column.Index, out var shared))
                return (BufferedColumn<VBuffer<float>>)shared;
            var column = new BufferedColumn<VBuffer<float>>(source, feature.Column);
            if (feature.IsDirect)
                columns.Add(feature.Column.Index, column);
            else
                _own.Add(column);
            return column;
        }
    }

    public ReadOnlySpan<float> Score(int row) => Slot(_scores, row, _mapper.Network.ClassCount);

    public ReadOnlySpan<float> Embedding(int row) => Slot(_embeddings, row, _mapper.Network.EmbeddingSize);

    /// <summary>
    /// Keeps the current row's features in a slot; the data's own columns are kept by then. Returns how many values they are.
    /// </summary>
    public long Keep(int slot, long position)
    {
        foreach (var column in _own)
            column.Keep(slot);
        var values = 0L;
        for (var i = 0; i < _features.Length; i++)
        {
            _mapper.CheckLength(i, _features[i][slot].Length, position);
            values += _features[i][slot].Length;
        }
        return values;
    }

    /// <summary>Scores the rows that were kept.</summary>
    public void Run(int rowCount)
    {
        _scores = AtLeast(_scores, rowCount * _mapper.Network.ClassCount);
        if (_run.WithEmbedding)
            _embeddings = AtLeast(_embeddings, rowCount * _mapper.Network.EmbeddingSize);
        var equal = 0; // rows from the first on that have its lengths: nearly always all
        while (equal < rowCount && HaveEqualLengths(0, equal))
            equal++;
        if (equal > 0)
            RunEqual([.. Enumerable.Range(0, equal)]);
        foreach (var others in Enumerable.Range(equal, rowCount - equal).GroupBy(row => row, _byLengths))
            RunEqual([.. others]);
    }

    public void Dispose()
    {
        _run.Dispose();
        foreach (var source in _sources)
            source.Dispose();
    }

    private bool HaveEqualLengths(int row, int other)
    {
        foreach (var feature in _features)
            if (feature[row].Length != feature[other].Length)
                return false;
        return true;
    }

    private void RunEqual(int[] rows)
    {
        for (var i = 0; i < _features.Length; i++)
            _lengths[i] = _features[i][rows[0]].Length;
        _run.Prepare(rows.Length, _lengths);
        var finite = new bool[rows.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            finite[r] = true;
            for (var i = 0; i < _features.Length; i++)
            {
                var slot = _run.Input(i).Slice(r * _lengths[i], _lengths[i]);
                if (NetworkMapper.TryFill(_features[i][rows[r]], slot))
                    continue;
                finite[r] = false;
                slot.Clear();
            }
        }
        _run.Run();
        for (var r = 0; r < rows.Length; r++)
        {
            Take(_run.Probabilities(r), Slot(_scores, rows[r], _mapper.Network.ClassCount), finite[r]);
            if (_run.WithEmbedding)
                Take(_run.Embedding(r), Slot(_embeddings, rows[r], _mapper.Network.EmbeddingSize), finite[r]);
        }
    }

    private static void Take(ReadOnlySpan<float> from, Span<float> to, bool isFinite)
    {
        if (isFinite)
            from.CopyTo(to);
        else
            to.Fill(float.NaN);
    }

    private static Span<float> Slot(float[] values, int row, int size) => values.AsSpan(row * size, size);

    private static float[] AtLeast(float[] buffer, int length) => buffer.Length >= length ? buffer : new float[length];
}
