namespace SongMood.Dsp.Descriptors.Groups;

/// <summary>Takes values one after the other, and series as their <see cref="Summary"/>.</summary>
internal sealed class SlotWriter(int slotCount)
{
    private readonly float[] _values = new float[slotCount];
    private readonly Summary _summary = new();

    public int Count { get; private set; }

    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(double value) => _values[Count++] = (float)value;

    public void AddAll(ReadOnlySpan<float> values)
    {
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    public void AddSeries(ReadOnlySpan<float> series)
    {
        _summary.Compute(series, _values.AsSpan(Count, Summary.Count));
        Count += Summary.Count;
    }

    public void AddRows(Matrix series)
    {
        for (var row = 0; row < series.RowCount; row++)
            AddSeries(series.Row(row));
    }
}
