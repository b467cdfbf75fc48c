namespace SongMood.Audio;

/// <summary>
/// Rows of samples that one song after the other uses. They are some 100 kB each, and what every song hands back of these makes the garbage
/// collector stop all threads and look through what is old as well. For one thread at a time.
/// </summary>
internal sealed class KeptRows
{
    private const int MostKept = 1 << 20; // values of all rows: 4 MiB

    private float[][] _rows = [];

    /// <summary>So many rows of so many values or more, with whatever is in them. Whoever had them before has them no more.</summary>
    public float[][] Of(int count, int length)
    {
        if (_rows.Length == count && _rows[0].Length >= length)
            return _rows;
        var rows = new float[count][];
        for (var row = 0; row < count; row++)
            rows[row] = GC.AllocateUninitializedArray<float>(length);
        if ((long)count * length <= MostKept)
            _rows = rows;
        return rows;
    }
}
