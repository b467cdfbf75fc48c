namespace SongMood.Audio.Flac;

/// <summary>
/// Which sample a frame begins with, by its number (RFC 9639, 9.1.5). It counts samples where a bit of the header says that blocks differ
/// in size, and else blocks. Not all streams keep to that: before 2007 there was no such bit (B.1), and where streams were put together
/// there are short blocks among those of one size.
/// </summary>
internal sealed class FlacNumbers
{
    private readonly bool _countSamples;
    private readonly List<Run> _runs; // in the order of their numbers

    /// <param name="first">The first frame, whose start is that of its number.</param>
    /// <param name="next">The header of the frame right behind it; null where there is none.</param>
    public FlacNumbers(in FlacFrame first, FlacFrameHeader? next)
    {
        var size = first.Header.BlockSize;
        _countSamples = first.Header.IsVariable || (size > 1 && next?.Number - first.Header.Number == size);
        _runs = [new Run(first.Header.Number, first.Header.Number * size, size)];
    }

    /// <summary>Blocks of one size that follow each other: the first one's number and sample.</summary>
    private readonly record struct Run(long Number, long Start, int BlockSize)
    {
        public long StartOf(long number) => Start + (number - Number) * BlockSize;
    }

    public long StartOf(in FlacFrameHeader header)
    {
        if (header.IsVariable || _countSamples)
            return header.Number;
        int low = 0, high = _runs.Count - 1; // the last run that begins with this number or a lower one, or the first
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_runs[middle].Number <= header.Number)
                low = middle;
            else
                high = middle - 1;
        }

        return _runs[low].StartOf(header.Number);
    }

    /// <summary>Whether a frame tells that blocks differ in size: its number is higher than those of the last run that is known.</summary>
    public bool IsNews(in FlacFrameHeader header) => !header.IsVariable && !_countSamples
        && header.Number > _runs[^1].Number && header.BlockSize != _runs[^1].BlockSize;

    /// <summary>Adds a frame of which <see cref="IsNews"/> is true.</summary>
    public void Add(in FlacFrameHeader header) =>
        _runs.Add(new Run(header.Number, _runs[^1].StartOf(header.Number), header.BlockSize));
}
