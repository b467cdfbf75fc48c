namespace SongMood.Transforms;

/// <summary>
/// The mean and the deviation of each slot, of the rows seen so far. Follows the mean as it moves (B. P. Welford, "Note on a Method for
/// Calculating Corrected Sums of Squares and Products", 1962), since sums of squares lose a small deviation beside a large mean.
/// </summary>
internal sealed class SlotMoments(int slotCount)
{
    private readonly double[] _means = new double[slotCount];
    private readonly double[] _squares = new double[slotCount]; // of the distances from the mean, added up

    public long RowCount { get; private set; }

    /// <exception cref="InvalidDataException">A value is not finite, or the row is of another size than its column says.</exception>
    public void Include(ReadOnlySpan<float> row)
    {
        RequireSize(row, _means.Length);
        RowCount++;
        for (var slot = 0; slot < _means.Length; slot++)
        {
            if (!float.IsFinite(row[slot]))
                throw NotFinite(row[slot], slot);
            var before = row[slot] - _means[slot];
            _means[slot] += before / RowCount;
            _squares[slot] += before * (row[slot] - _means[slot]);
        }
    }

    public float[] Means() => Array.ConvertAll(_means, mean => (float)mean);

    /// <summary>Over all the rows, not over one fewer: as scikit-learn's StandardScaler.</summary>
    /// <param name="shared">Whether all slots have one, the root of their mean variance.</param>
    public float[] Deviations(bool shared)
    {
        var mean = _squares.Average();
        return Array.ConvertAll(_squares, squares => (float)Math.Sqrt((shared ? mean : squares) / RowCount));
    }

    /// <summary>Refuses a row that is of another size than its column says, as ML.NET itself does not.</summary>
    public static void RequireSize(ReadOnlySpan<float> row, int slotCount)
    {
        if (row.Length != slotCount)
            throw new InvalidDataException(
                $"the row has {Plural.Of(row.Length, "value")}, but its column says {slotCount}: look at what writes it");
    }

    /// <summary>The error for a value that has no moments.</summary>
    public static InvalidDataException NotFinite(float value, int slot) =>
        new(FormattableString.Invariant($"slot {slot} is {value}; expected finite values: look at what computes the column"));
}
