namespace SongMood.Dsp.Descriptors;

/// <summary>A row-major matrix with a fixed number of rows, whose memory is kept when the number of columns changes.</summary>
internal sealed class Matrix(int rowCount)
{
    private float[] _values = [];

    public int RowCount => rowCount;

    public int ColumnCount { get; private set; }

    public Span<float> Values => _values.AsSpan(0, rowCount * ColumnCount);

    public Span<float> Row(int index) => _values.AsSpan(index * ColumnCount, ColumnCount);

    /// <summary>What the values are afterwards is undefined.</summary>
    public void Resize(int columnCount)
    {
        ColumnCount = columnCount;
        if (_values.Length < rowCount * columnCount)
            _values = new float[rowCount * columnCount];
    }
}
