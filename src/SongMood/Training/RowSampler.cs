namespace SongMood.Training;

/// <summary>Which rows an epoch goes through, in which order and batches.</summary>
internal sealed class RowSampler(TrainingData data, int[] rows, RowSampling sampling, int batchSize)
{
    private readonly int[][] _byClass =
        [.. rows.GroupBy(row => data.Labels[row]).OrderBy(group => group.Key).Select(group => group.ToArray())];

    /// <summary>Batches in an epoch: a last one of a single row joins the one before, as batch normalisation needs two.</summary>
    public int BatchCount => Math.Max(1, rows.Length / batchSize + (rows.Length % batchSize > 1 ? 1 : 0));

    /// <summary>The rows of an epoch.</summary>
    public int[] Draw(Random random)
    {
        if (sampling == RowSampling.Shuffled)
        {
            var order = (int[])rows.Clone();
            random.Shuffle(order);
            return order;
        }
        var drawn = new int[rows.Length];
        for (var i = 0; i < drawn.Length; i++)
        {
            var ofClass = _byClass[random.Next(_byClass.Length)];
            drawn[i] = ofClass[random.Next(ofClass.Length)];
        }
        return drawn;
    }

    /// <summary>Where in an epoch's rows batch <paramref name="index"/> lies.</summary>
    public (int Start, int Count) Batch(int index)
    {
        var start = index * batchSize;
        return (start, index == BatchCount - 1 ? rows.Length - start : batchSize);
    }
}
