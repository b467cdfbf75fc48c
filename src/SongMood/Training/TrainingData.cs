using SongMood.Scoring;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace SongMood.Training;

/// <summary>
/// The rows to learn from, in one tensor from beginning to end: one row's values after the other's, which for sequences may be of
/// different lengths. Batches are cut from it on its device.
/// </summary>
internal sealed class TrainingData : IDisposable
{
    private readonly float[] _values;
    private readonly Tensor _all; // (values of all rows); shares _values' memory on the CPU
    private readonly Tensor? _byRow; // the same as (rows, size) or (rows, bands, frames), where all rows have one length
    private readonly Tensor _labels;
    private readonly Tensor _weights;

    /// <param name="shape">What one row is.</param>
    /// <param name="classCount">Classes that a label can name, whether or not a row has it.</param>
    /// <param name="values">At least the values of all rows.</param>
    /// <param name="lengths">How many values each row has.</param>
    /// <param name="labels">Each row's class, from 0.</param>
    /// <param name="weights">Each row's weight in the loss, or null for 1.</param>
    /// <param name="groups">Each row's group, null or blank where it has none; or null where no groups are kept together.</param>
    /// <param name="device">Where batches are wanted.</param>
    public TrainingData(
        InputShape shape, int classCount, float[] values, int[] lengths, long[] labels, float[]? weights, string?[]? groups, Device device)
    {
        (Shape, ClassCount, Lengths, Labels, Weights, Groups) = (shape, classCount, lengths, labels, weights, groups);
        _values = values;
        Offsets = new long[lengths.Length];
        for (var row = 1; row < lengths.Length; row++)
            Offsets[row] = Offsets[row - 1] + lengths[row - 1];
        var total = Offsets[^1] + lengths[^1];
        using var scope = NewDisposeScope();
        var shared = frombuffer(values, ScalarType.Float32, total);
        _all = shared.to(device).MoveToOuterDisposeScope();
        if (lengths.All(length => length == lengths[0]))
            _byRow = _all.view([.. shape.BatchDimensions(RowCount, lengths[0])]).MoveToOuterDisposeScope();
        _labels = tensor(labels, device: device).MoveToOuterDisposeScope();
        _weights = (weights is null ? ones(RowCount, device: device) : tensor(weights, device: device)).MoveToOuterDisposeScope();
    }

    public InputShape Shape { get; }

    public int ClassCount { get; }

    public int RowCount => Lengths.Length;

    /// <summary>Values of each row.</summary>
    public int[] Lengths { get; }

    public long[] Labels { get; }

    public string?[]? Groups { get; }

    /// <summary>Each row's weight in the loss, or null where all weigh the same.</summary>
    public float[]? Weights { get; }

    /// <summary>Whether all rows have one length.</summary>
    public bool IsEven => _byRow is not null;

    public Device Device => _all.device;

    private long[] Offsets { get; }

    /// <summary>Whole rows that are all of one length: (rows, size) or (rows, bands, frames).</summary>
    public Tensor Batch(ReadOnlySpan<int> rows)
    {
        if (_byRow is not null)
            return Batch(Indices(rows));
        var whole = new Tensor[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            whole[i] = Row(rows[i]);
        return stack(whole);
    }

    /// <summary>A part of each row, of <paramref name="frames"/> frames from a random place: (rows, bands, frames).</summary>
    public Tensor Crops(ReadOnlySpan<int> rows, int frames, Random random)
    {
        var crops = new Tensor[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Row(rows[i]);
            if (row.size(1) < frames) // a short row is repeated until it is long enough
                row = row.repeat(1, (frames + row.size(1) - 1) / row.size(1));
            crops[i] = row.narrow(1, random.NextInt64(row.size(1) - frames + 1), frames);
        }
        return stack(crops);
    }

    /// <summary>Row numbers as a tensor, for the two below.</summary>
    public Tensor Indices(ReadOnlySpan<int> rows)
    {
        var indices = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            indices[i] = rows[i];
        return tensor(indices, device: Device);
    }

    /// <summary>Whole rows of a data set whose rows have one length: (rows, size) or (rows, bands, frames).</summary>
    public Tensor Batch(Tensor indices) => _byRow!.index_select(0, indices);

    public Tensor LabelsOf(Tensor indices) => _labels.index_select(0, indices);

    public Tensor WeightsOf(Tensor indices) => _weights.index_select(0, indices);

    /// <summary>All rows, one after the other.</summary>
    public ReadOnlyMemory<float> AllValues => _values.AsMemory(0, checked((int)(Offsets[^1] + Lengths[^1])));

    /// <summary>How many of these rows each class has.</summary>
    public int[] ClassCounts(ReadOnlySpan<int> rows)
    {
        var counts = new int[ClassCount];
        foreach (var row in rows)
            counts[Labels[row]]++;
        return counts;
    }

    /// <summary>Mean and standard deviation of each feature, or of each band over all frames, over these rows.</summary>
    public (float[] Means, float[] Deviations) Moments(ReadOnlySpan<int> rows)
    {
        var (sums, squares) = (new double[Shape.Size], new double[Shape.Size]);
        long count = 0; // values of each feature or band
        foreach (var row in rows)
        {
            count += Lengths[row] / Shape.Size;
            for (var band = 0; band < Shape.Size; band++)
                sums[band] += TensorPrimitives.Sum(Values(row, band));
        }
        float[] means = [.. sums.Select(sum => (float)(sum / count))];
        // In a second pass: of a feature such as a year, the difference of two sums of squares would leave nothing but rounding.
        foreach (var row in rows)
            for (var band = 0; band < Shape.Size; band++)
                foreach (var value in Values(row, band))
                    squares[band] += ((double)value - means[band]) * ((double)value - means[band]);
        return (means, [.. squares.Select(sum => (float)Math.Sqrt(sum / count))]);
    }

    public void Dispose()
    {
        _byRow?.Dispose();
        _all.Dispose();
        _labels.Dispose();
        _weights.Dispose();
    }

    private ReadOnlySpan<float> Values(int row, int band)
    {
        var perBand = Lengths[row] / Shape.Size;
        return _values.AsSpan(checked((int)Offsets[row]) + band * perBand, perBand);
    }

    private Tensor Row(int row) => // (bands, frames)
        _all.narrow(0, Offsets[row], Lengths[row]).view(Shape.Size, Lengths[row] / Shape.Size);
}
